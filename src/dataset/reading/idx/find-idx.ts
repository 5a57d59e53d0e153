import { listOf } from '../../../core/text/nouns.ts';
import { countText } from '../../../core/text/number-text.ts';
import type { LeftOutList } from '../left-out-list.ts';
import { isByTheWay } from '../opened.ts';
import { RefusedFiles } from '../refusal.ts';
import type { SourceFile } from '../source-file.ts';
import { IDX_NAME, type IdxFile, idxFile } from './idx-file.ts';

/** Images and their labels. */
export interface IdxPair {
  readonly images: IdxFile;
  readonly labels: IdxFile;
}

/** The IDX files of a data set. */
export interface FoundIdx {
  readonly train: IdxPair;
  /** Null where there are no files to test on. */
  readonly test: IdxPair | null;
  /** What tells the characters of EMNIST's labels; null where there is none. */
  readonly mapping: SourceFile | null;
  /** The size of an image. */
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Whether files are IDX files, by their names or first bytes. */
export async function areIdx(files: readonly SourceFile[]): Promise<boolean> {
  const named = files.filter(({ path }) => !isByTheWay(path));
  if (named.some(({ path }) => IDX_NAME.test(path))) return true;
  if (named.length > 8) return false;
  for (const file of named) if (isUnnamed(file) && (await idxFile(file)) !== null) return true;
  return false;
}

function isUnnamed({ path }: SourceFile): boolean {
  return !/\.(png|jpe?g|webp|gif|bmp|csv|tsv|txt|json)$/i.test(path);
}

/** Finds images and labels among files, and which belong together. Throws a RefusedFiles where that cannot be told. */
export async function findIdx(files: readonly SourceFile[], leftOut: LeftOutList): Promise<FoundIdx> {
  const idx: IdxFile[] = [];
  let mapping: SourceFile | null = null;
  for (const file of files) {
    if (isByTheWay(file.path)) continue;
    if (/mapping\.txt$/i.test(file.path)) {
      mapping = file;
      continue;
    }
    const found = await idxFile(file);
    if (found !== null) idx.push(found);
    else if (IDX_NAME.test(file.path)) throw notIdx(file);
    else leftOut.add(file.path, 'is not an IDX file');
  }
  const pairs = pairsOf(idx);
  const trains = pairs.filter(({ images }) => !isTest(images));
  const tests = pairs.filter(({ images }) => isTest(images));
  if (trains.length > 1 || tests.length > 1) {
    const names = pairs.map(({ images }) => nameOf(images));
    throw new RefusedFiles(
      `There are several data sets in these files: ${listOf(names)}. Open the four files of one of them.`,
    );
  }
  const [train = tests[0], test = null] = [trains[0], trains.length > 0 ? (tests[0] ?? null) : null];
  if (train === undefined) throw new RefusedFiles('There are no images with their labels in these IDX files.');
  return { train, test, mapping, ...sizeOf(train, test) };
}

function notIdx({ path }: SourceFile): RefusedFiles {
  return new RefusedFiles(
    `${path} is not an IDX file of images or labels: its first bytes are not those of one. Download it again.`,
  );
}

/** Each file of images with its labels: of the same name, or the only ones. */
function pairsOf(idx: readonly IdxFile[]): readonly IdxPair[] {
  const images = idx.filter(({ shape }) => shape.length > 2);
  const labels = idx.filter(({ shape }) => shape.length === 1);
  if (images.length === 0)
    throw new RefusedFiles('There are labels in these files, but no images. Open those as well.');
  return images.map((file) => {
    const named = labels.filter((candidate) => keyOf(candidate) === keyOf(file));
    const [own] = named.length > 0 ? named : images.length === 1 && labels.length === 1 ? labels : [];
    if (own === undefined)
      throw new RefusedFiles(`The labels of ${nameOf(file)} are missing. Open the file with the labels as well.`);
    if (own.shape[0] !== file.shape[0]) {
      throw new RefusedFiles(
        `${nameOf(file)} has ${countText(file.shape[0] ?? 0)} images, and ${nameOf(own)} has ${countText(own.shape[0] ?? 0)} labels: they do not belong together.`,
      );
    }
    return { images: file, labels: own };
  });
}

function nameOf({ file }: IdxFile): string {
  return file.path.split('/').at(-1) ?? file.path;
}

/** What images and labels of the same part have in common in their names. */
function keyOf(file: IdxFile): string {
  return nameOf(file)
    .toLowerCase()
    .replace(/\.gz$/, '')
    .replace(/images?|labels?/g, '')
    .replace(/[-_.]?idx\d/, '');
}

function isTest(file: IdxFile): boolean {
  return /t10k|test/i.test(nameOf(file));
}

/** Height, width and channels up to what a spec may have. */
function sizeOf(train: IdxPair, test: IdxPair | null) {
  const [count = 0, height = 0, width = 0, channels = 1] = train.images.shape;
  const name = nameOf(train.images);
  if (count < 2 || height < 1 || width < 1) throw new RefusedFiles(`${name} is empty.`);
  if (height > 1024 || width > 1024 || ![1, 3].includes(channels)) {
    throw new RefusedFiles(
      `The images of ${name} are ${[height, width, channels].map(countText).join(' × ')}: at most 1,024 pixels a side, and one or three values a pixel, can be opened.`,
    );
  }
  const size = (pair: IdxPair) => pair.images.shape.slice(1).join(' × ');
  if (test !== null && size(test) !== size(train)) {
    throw new RefusedFiles(
      `The images to train on are ${size(train)}, and those to test on ${size(test)}: they do not belong together.`,
    );
  }
  return { height, width, channels };
}
