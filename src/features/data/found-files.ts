import type { FoundFile } from '../../protocol/reading/reading.ts';

/** Folders are walked through up to so many files: more than any data set that a page can hold has. */
const MOST_FILES = 200_000;

/** The files that were chosen, with the names of their folders where a folder was. */
export function chosenFiles(list: FileList): readonly FoundFile<File>[] {
  return Array.from(list, (file) => ({ path: file.webkitRelativePath || file.name, contents: file }));
}

/** The files that were dropped, with all that are in dropped folders. To be called before the drop event ends. */
export async function droppedFiles(data: DataTransfer): Promise<readonly FoundFile<File>[]> {
  const entries = Array.from(data.items, (item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  // Browsers that know no entries give the files alone.
  if (entries.length === 0) return chosenFiles(data.files);
  const found: FoundFile<File>[] = [];
  for (const entry of entries) await walk(entry, found);
  return found;
}

async function walk(entry: FileSystemEntry, found: FoundFile<File>[]): Promise<void> {
  if (found.length >= MOST_FILES) return;
  if (isFile(entry)) {
    const contents = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    found.push({ path: entry.fullPath.replace(/^\//, ''), contents });
  } else if (isFolder(entry)) {
    for (const inside of await entriesOf(entry)) await walk(inside, found);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

/** A folder gives its entries a hundred at a time. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}
