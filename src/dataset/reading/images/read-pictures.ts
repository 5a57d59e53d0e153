import type { Picture } from '../../../core/imaging/picture.ts';
import { type SampleForm, sampleOf } from '../../../core/imaging/sample.ts';
import { countText, numberText } from '../../../core/text/number-text.ts';
import type { LeftOutList } from '../left-out-list.ts';
import { MOST_SAMPLE_BYTES } from '../limits.ts';
import { RefusedFiles } from '../refusal.ts';
import { UnreadableFile } from '../source-file.ts';
import { type FoundPicture, type FoundPictures, ONLY_ONE } from './find-pictures.ts';

/** Decodes the bytes of a picture file; an UnreadableFile where that cannot be done. */
export type Decode = (bytes: Uint8Array<ArrayBuffer>) => Promise<Picture>;

/** Bytes of the largest picture file that is read: photos of telephones stay below it. */
const MOST_FILE_BYTES = 20_000_000;

/** Pictures that are decoded at once. */
const AT_ONCE = 4;

/** Pictures as samples, with the classes that are left of them. */
export interface PictureSamples {
  readonly classes: readonly string[];
  readonly labels: Uint8Array<ArrayBuffer>;
  /** [n, side, side, channels]. */
  readonly values: Uint8Array<ArrayBuffer>;
  readonly size: number;
  /** Of each sample, 1 where it is to be tested on; null where folders do not say it. */
  readonly given: Uint8Array<ArrayBuffer> | null;
}

/** A picture of a file; null where it cannot be read, which is noted. */
export async function readPicture(
  { file }: FoundPicture,
  decode: Decode,
  leftOut: LeftOutList,
): Promise<Picture | null> {
  try {
    return await decode(await file.read(MOST_FILE_BYTES));
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    leftOut.add(file.path, error.message);
    return null;
  }
}

/**
 * Makes samples of pictures, in their order. Throws a RefusedFiles where they would take too much memory, before any is
 * allocated, or where fewer than two classes are left of them.
 */
export async function readPictures(
  found: FoundPictures,
  form: SampleForm,
  decode: Decode,
  leftOut: LeftOutList,
  onProgress: (done: number, total: number) => void,
): Promise<PictureSamples> {
  const { pictures } = found;
  const size = form.side * form.side * form.channels;
  checkMemory(pictures.length, size);
  const values = new Uint8Array(pictures.length * size);
  const isRead = new Uint8Array(pictures.length);
  let [next, done] = [0, 0];
  const work = async () => {
    for (let i = next++; i < pictures.length; i = next++) {
      const source = pictures[i];
      const picture = source && (await readPicture(source, decode, leftOut));
      if (picture) {
        values.set(sampleOf(picture, form), i * size);
        isRead[i] = 1;
      }
      onProgress(++done, pictures.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return kept(found, { values, isRead, size }, leftOut);
}

function checkMemory(count: number, size: number): void {
  const bytes = count * (1 + size);
  if (bytes <= MOST_SAMPLE_BYTES) return;
  throw new RefusedFiles(
    `${countText(count)} pictures of this size take ${numberText(Math.round(bytes / 1e6))} MB, and a page can hold ${numberText(MOST_SAMPLE_BYTES / 1e6)} MB. Choose a smaller size, or gray, or open fewer pictures.`,
  );
}

interface Read {
  readonly values: Uint8Array<ArrayBuffer>;
  /** 1 where a picture could be read. */
  readonly isRead: Uint8Array<ArrayBuffer>;
  readonly size: number;
}

/** The samples of the classes that have enough of them. */
function kept(found: FoundPictures, { values, isRead, size }: Read, leftOut: LeftOutList): PictureSamples {
  const { pictures, classes, isDivided } = found;
  const counts = new Map<number, number>();
  pictures.forEach(({ label, split }, i) => {
    if (isRead[i] === 1 && split === 'train') counts.set(label, (counts.get(label) ?? 0) + 1);
  });
  const least = isDivided ? 1 : 2;
  const labels = [...classes.keys()].filter((label) => (counts.get(label) ?? 0) >= least);
  const newLabel = new Map(labels.map((label, place) => [label, place]));
  const positions: number[] = [];
  pictures.forEach(({ file, label }, i) => {
    if (isRead[i] === 0) return;
    if (newLabel.has(label)) positions.push(i);
    else leftOut.add(file.path, ONLY_ONE);
  });
  if (labels.length < 2) {
    throw new RefusedFiles(
      `Of these pictures ${countText(positions.length)} can be used, and they are of fewer than two classes: there is nothing to tell apart. ${whatIsWrong(leftOut)}`,
    );
  }
  const isTest = Uint8Array.from(positions, (i) => (pictures[i]?.split === 'test' ? 1 : 0));
  if (isDivided && !isTest.includes(1))
    throw new RefusedFiles(`None of the pictures to test on can be used. ${whatIsWrong(leftOut)}`);
  return {
    classes: labels.map((label) => classes[label] ?? ''),
    labels: Uint8Array.from(positions, (i) => newLabel.get(pictures[i]?.label ?? 0) ?? 0),
    values: gathered(values, positions, size),
    size,
    given: isDivided ? isTest : null,
  };
}

function whatIsWrong(leftOut: LeftOutList): string {
  const [first] = leftOut.list();
  return first === undefined ? '' : `The first that was left out: ${first.what} ${first.why}.`;
}

/** Moves samples together, within their own memory. */
function gathered(values: Uint8Array<ArrayBuffer>, positions: readonly number[], size: number) {
  positions.forEach((from, to) => {
    if (from !== to) values.copyWithin(to * size, from * size, (from + 1) * size);
  });
  return values.subarray(0, positions.length * size);
}
