import type { Split } from '../../../core/dataset/spec.ts';
import { countText } from '../../../core/text/number-text.ts';
import type { LeftOutList } from '../left-out-list.ts';
import { isByTheWay } from '../opened.ts';
import { RefusedFiles } from '../refusal.ts';
import type { SourceFile } from '../source-file.ts';

/** A picture, and what its folders say of it. */
export interface FoundPicture {
  readonly file: SourceFile;
  /** The class's place in the list of classes. */
  readonly label: number;
  readonly split: Split;
}

/** Pictures whose folders are their classes. */
export interface FoundPictures {
  /** The name of the folder around all; null where there is none. */
  readonly folder: string | null;
  /** As Python's libraries order them: by their characters. */
  readonly classes: readonly string[];
  readonly pictures: readonly FoundPicture[];
  /** Whether folders say which pictures are to be tested on; otherwise all are to be trained on. */
  readonly isDivided: boolean;
  /** The folders with the pictures to test on, in lower case; null where there are none. */
  readonly testFolders: readonly string[] | null;
}

/** More classes than any matrix could show. */
const MOST_CLASSES = 100;

/** Characters of a class's name. */
const LONGEST_NAME = 60;

const PICTURE = /\.(png|jpe?g|webp|gif|bmp)$/i;
const OTHER_PICTURE = /\.(hei[cf]|avif|tiff?|svg|psd|ico)$/i;

interface Placed {
  readonly file: SourceFile;
  /** The names of its folders. */
  readonly folders: readonly string[];
}

/**
 * Finds the pictures among files, and their classes. They are in the order of their paths, so that a folder, a zip of it and a
 * program that reads either are divided alike. Throws a RefusedFiles where no data set can come of them.
 */
export function findPictures(files: readonly SourceFile[], leftOut: LeftOutList): FoundPictures {
  const placed = files.toSorted(byPath).flatMap((file) => placeOf(file, leftOut) ?? []);
  if (placed.length === 0)
    throw new RefusedFiles('There are no pictures in these files. Open png, jpg, webp, gif or bmp files in folders.');
  const { inner, folder } = withoutCommonFolders(placed);
  const splits = splitNames(inner);
  const classed = inner.flatMap(({ file, folders }) => {
    const split = splits?.get(lower(folders[0]));
    const name = nameOf(folders[split === undefined ? 0 : 1]);
    if (name !== undefined && (splits === null || split !== undefined))
      return [{ file, name, split: split ?? 'train' } as const];
    leftOut.add(file.path, 'is in no folder that would be its class');
    return [];
  });
  const isDivided = splits !== null;
  const enough = withEnough(classed, isDivided, leftOut);
  const classes = [...new Set(enough.map(({ name }) => name))].sort();
  checkClasses(classes, inner);
  const pictures = enough.map(({ file, name, split }) => ({ file, split, label: classes.indexOf(name) }));
  const tests = [...(splits ?? [])].filter(([, split]) => split === 'test').map(([name]) => name);
  return { folder, classes, pictures, isDivided, testFolders: isDivided ? tests : null };
}

function byPath(a: SourceFile, b: SourceFile): number {
  return a.path < b.path ? -1 : Number(a.path > b.path);
}

/** Where a picture is; null where a file is none, which is noted. */
function placeOf(file: SourceFile, leftOut: LeftOutList): Placed | null {
  const { path, bytes } = file;
  if (isByTheWay(path)) return null;
  const names = path.split('/');
  const why = problemOf(path, names, bytes);
  if (why !== null) leftOut.add(path, why);
  return why === null ? { file, folders: names.slice(0, -1) } : null;
}

function problemOf(path: string, names: readonly string[], bytes: number): string | null {
  if (names.some((name) => name === '..' || name === '') || /^[a-z]:/i.test(path))
    return 'has a name that leads out of its folder';
  if (OTHER_PICTURE.test(path)) return 'is of a kind that cannot be read here: save it as PNG or JPEG';
  if (!PICTURE.test(path)) return 'is not a picture (png, jpg, webp, gif or bmp)';
  return bytes === 0 ? 'is empty' : null;
}

/** Takes away the folders that all have around them. */
function withoutCommonFolders(placed: readonly Placed[]): {
  readonly inner: readonly Placed[];
  readonly folder: string | null;
} {
  const [first] = placed;
  let depth = 0;
  while (
    first &&
    placed.every(({ folders }) => folders[depth] !== undefined && folders[depth] === first.folders[depth])
  )
    depth++;
  const inner = placed.map(({ file, folders }) => ({ file, folders: folders.slice(depth) }));
  return { inner, folder: first?.folders[depth - 1] ?? null };
}

/**
 * The folders that are parts of the data set instead of classes, with the part of each; null where there are none. Pictures
 * for validation are trained on where there are others to test on: the app sets some aside by itself.
 */
function splitNames(placed: readonly Placed[]): ReadonlyMap<string, Split> | null {
  const names = new Set(placed.map(({ folders }) => lower(folders[0])).filter((name) => name !== ''));
  const isPart = (name: string) => PART_NAMES.some((group) => group.includes(name));
  const [train, test, validation] = PART_NAMES.map((group) => group.some((name) => names.has(name)));
  if (!train || !(test || validation) || ![...names].every(isPart)) return null;
  return new Map(
    [...names].map((name) => {
      const isTest = test ? PART_NAMES[1].includes(name) : PART_NAMES[2].includes(name);
      return [name, isTest ? 'test' : 'train'];
    }),
  );
}

const PART_NAMES: readonly [readonly string[], readonly string[], readonly string[]] = [
  ['train', 'training'],
  ['test', 'testing'],
  ['val', 'valid', 'validation'],
];

function lower(name: string | undefined): string {
  return (name ?? '').toLowerCase();
}

function nameOf(folder: string | undefined): string | undefined {
  const name = folder?.trim().slice(0, LONGEST_NAME).trim();
  return name === '' ? undefined : name;
}

interface Classed {
  readonly file: SourceFile;
  readonly name: string;
  readonly split: Split;
}

/** The pictures of classes that have some to train on, and where nothing divides them one to test on besides. */
function withEnough(classed: readonly Classed[], isDivided: boolean, leftOut: LeftOutList): readonly Classed[] {
  const counts = new Map<string, number>();
  for (const { name, split } of classed) if (split === 'train') counts.set(name, (counts.get(name) ?? 0) + 1);
  return classed.filter(({ file, name }) => {
    const count = counts.get(name) ?? 0;
    if (count >= (isDivided ? 1 : 2)) return true;
    leftOut.add(file.path, count === 0 ? NO_TRAINING : ONLY_ONE);
    return false;
  });
}

const NO_TRAINING = 'is of a class without pictures to train on';

/** Why a class with a single picture is left out. */
export const ONLY_ONE = 'is the only picture of its class: a class needs two, one to train on and one to test on';

function checkClasses(classes: readonly string[], placed: readonly Placed[]): void {
  if (classes.length > MOST_CLASSES) {
    throw new RefusedFiles(
      `There are ${countText(classes.length)} folders of pictures, and the limit is ${MOST_CLASSES} classes. Open some of them.`,
    );
  }
  if (classes.length > 1) return;
  if (placed.every(({ folders }) => folders.length === 0)) {
    throw new RefusedFiles(
      'All these pictures are in one folder, so there are no classes to tell apart. Put the pictures of each class into a folder of its own, and open the folder around them.',
    );
  }
  throw new RefusedFiles(
    'A network learns to tell classes apart: two or more folders with at least two pictures each are needed.',
  );
}
