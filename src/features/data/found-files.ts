import type { FoundFile } from '../../protocol/reading/reading.ts';

/** Folders are walked through up to so many files: more than any data set that a page can hold has. */
const MOST_FILES = 200_000;

/** The files that were chosen, with the names of their folders where a folder was. */
export function chosenFiles(list: ArrayLike<File>): readonly FoundFile<File>[] {
  return Array.from(list, (file) => ({ path: file.webkitRelativePath || file.name, contents: file }));
}

/** The files that were dropped, with all that are in dropped folders. To be called before the drop event ends. */
export function droppedFiles(data: DataTransfer): Promise<readonly FoundFile<File>[]> {
  return filesIn(
    Array.from(data.items, (item) => item.webkitGetAsEntry()),
    Array.from(data.files),
  );
}

/** All files below entries; the files alone where a browser knows no entries. */
export async function filesIn(
  entries: readonly (FileSystemEntry | null)[],
  files: readonly File[],
): Promise<readonly FoundFile<File>[]> {
  const known = entries.filter((entry) => entry !== null);
  if (known.length === 0) return chosenFiles(files);
  const found: FoundFile<File>[] = [];
  for (const entry of known) await walk(entry, found);
  return found;
}

const PICTURE = /\.(png|jpe?g|webp|gif|bmp)$/i;

/** Whether files are pictures that no folder gives a class. */
export function areLoosePictures(files: readonly FoundFile<File>[]): boolean {
  return files.length > 0 && files.every(({ path }) => PICTURE.test(path) && !path.includes('/'));
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
