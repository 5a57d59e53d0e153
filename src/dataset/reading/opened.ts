import { LONGEST_PATH } from '../../core/dataset/opened-files.ts';
import { RefusedFiles } from './refusal.ts';
import { openedFile, type SourceFile } from './source-file.ts';
import { isZip, zipFiles } from './zip.ts';

/** A file as it was opened or dropped. */
export interface Opened {
  readonly path: string;
  readonly contents: Blob;
}

const EXPANDED = new WeakMap<readonly Opened[], Promise<readonly SourceFile[]>>();

/**
 * The files that were opened, and in place of each zip those in it, below a folder of its name where there are others. Throws
 * a RefusedFiles where a zip cannot be read. The same list is looked through once.
 */
export function sourceFiles(opened: readonly Opened[]): Promise<readonly SourceFile[]> {
  const found = EXPANDED.get(opened) ?? expand(opened);
  EXPANDED.set(opened, found);
  return found;
}

async function expand(opened: readonly Opened[]): Promise<readonly SourceFile[]> {
  const files: SourceFile[] = [];
  for (const { path, contents } of opened) {
    if (!isNamedZip({ path, contents })) {
      files.push(openedFile(path, contents));
      continue;
    }
    const name = path.split('/').at(-1) ?? path;
    if (!(await isZip(contents))) {
      if (opened.length === 1) throw new RefusedFiles(`${name} is not a zip, whatever its name says.`);
      files.push(openedFile(path, contents));
      continue;
    }
    const inside = await zipFiles(name, contents);
    const folder = path.replace(/\.zip$/i, '');
    // One by one: tens of thousands of arguments do not fit on a worker's stack.
    for (const file of inside) files.push(opened.length === 1 ? file : { ...file, path: `${folder}/${file.path}` });
  }
  return files;
}

/** Where a program finds what was opened. */
export interface OpenedPlace {
  /** The only zip, or the folder around all files; `.` where they are in no folder. */
  readonly name: string;
  /** How many names at the beginning of the paths that is. */
  readonly depth: number;
}

/** Where a program finds files as they were opened; null where they come from several zips or folders. */
export function placeOfOpened(opened: readonly Opened[]): OpenedPlace | null {
  const [first] = opened;
  if (first === undefined || opened.some(({ path }) => path.length > LONGEST_PATH)) return null;
  if (opened.length === 1 && isNamedZip(first)) return { name: first.path.split('/').at(-1) ?? '', depth: 0 };
  if (opened.some(isNamedZip)) return null;
  const folders = new Set(opened.map(({ path }) => path.split('/').slice(0, -1)[0]));
  const [folder] = folders;
  if (folders.size > 1) return null;
  return folder === undefined ? { name: '.', depth: 0 } : { name: folder, depth: 1 };
}

function isNamedZip({ path }: Opened): boolean {
  return /\.zip$/i.test(path);
}

/** Files that computers put beside others, and that nobody means to open. */
export function isByTheWay(path: string): boolean {
  return /(^|\/)(__MACOSX\/|\.[^./]|Thumbs\.db$|desktop\.ini$)/i.test(path);
}
