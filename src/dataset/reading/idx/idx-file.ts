import { countText, numberText } from '../../../core/text/number-text.ts';
import { MOST_SAMPLE_BYTES } from '../limits.ts';
import { RefusedFiles } from '../refusal.ts';
import { type SourceFile, UnreadableFile } from '../source-file.ts';
import { unpack } from '../unpack.ts';

/** An IDX file of bytes (http://yann.lecun.com/exdb/mnist/): two zeros, the type, the number of dimensions, each of them. */
export interface IdxFile {
  readonly file: SourceFile;
  readonly isPacked: boolean;
  /** Such as [n, height, width] of images. */
  readonly shape: readonly number[];
}

const UNSIGNED_BYTE = 8;

/** Bytes that the header takes at most: of four dimensions. */
const HEADER_BYTES = 4 + 4 * 4;

/** Bytes of a packed file that surely hold its header, unpacked in steps as browsers do it. */
const PACKED_START = 1_000_000;

/** What files of this form are called. */
export const IDX_NAME = /idx\d|ubyte/i;

/** Reads the header of a file, gzip or not: null where it is no IDX file. A RefusedFiles where it is one of another type than bytes. */
export async function idxFile(file: SourceFile): Promise<IdxFile | null> {
  const start = await file.start(HEADER_BYTES);
  const isPacked = start[0] === 0x1f && start[1] === 0x8b;
  const header = isPacked ? await headerIn(file) : start;
  const [zero, nought, type, rank = 0] = header;
  if (zero !== 0 || nought !== 0 || ![8, 9, 0xb, 0xc, 0xd, 0xe].includes(type ?? 0) || rank < 1 || rank > 4)
    return null;
  const length = 4 + 4 * rank;
  if (header.length < length) return null;
  if (type !== UNSIGNED_BYTE)
    throw new RefusedFiles(`${file.path} holds numbers that are not bytes, but the images of IDX files are bytes.`);
  const view = new DataView(header.buffer, header.byteOffset, length);
  return { file, isPacked, shape: Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis)) };
}

/** The first bytes that are packed in a file; none where it is damaged and no IDX file by its name either. */
async function headerIn(file: SourceFile): Promise<Uint8Array> {
  try {
    return (await unpack(new Blob([await file.start(PACKED_START)]), 'gzip', HEADER_BYTES)).bytes;
  } catch (error) {
    if (error instanceof UnreadableFile && IDX_NAME.test(file.path)) throw refused(file, error);
    return new Uint8Array();
  }
}

function refused({ path }: SourceFile, { message }: UnreadableFile): RefusedFiles {
  return new RefusedFiles(`${path} ${message}. Download it again.`);
}

/** Bytes of all values that a file says it has. */
export function valueBytes({ shape }: IdxFile): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/**
 * The values of an IDX file, at most the first so many. Throws a RefusedFiles where it has not as many bytes as its header
 * says, or more than a page can hold, which is seen before anything is allocated.
 */
export async function idxValues(idx: IdxFile, most = Number.POSITIVE_INFINITY): Promise<Uint8Array<ArrayBuffer>> {
  const { file, isPacked, shape } = idx;
  const start = 4 + 4 * shape.length;
  const all = valueBytes(idx);
  if (all > MOST_SAMPLE_BYTES) {
    throw new RefusedFiles(
      `${file.path} says that it has ${numberText(Math.round(all / 1e6))} MB of values, and a page can hold ${numberText(MOST_SAMPLE_BYTES / 1e6)} MB.`,
    );
  }
  if (!isPacked && file.bytes !== start + all) throw wrongLength(idx, file.bytes - start);
  const wanted = start + Math.min(all, most);
  try {
    const { bytes, isCut } = isPacked
      ? await unpack(new Blob([await file.read(MOST_SAMPLE_BYTES)]), 'gzip', wanted)
      : { bytes: await file.start(wanted), isCut: false };
    if (bytes.length < wanted || (isCut && wanted === start + all)) throw wrongLength(idx, bytes.length - start);
    return bytes.subarray(start);
  } catch (error) {
    if (error instanceof UnreadableFile) throw refused(file, error);
    throw error;
  }
}

function wrongLength({ file, shape }: IdxFile, found: number): RefusedFiles {
  const said = shape.map(countText).join(' × ');
  const all = shape.reduce((product, extent) => product * extent, 1);
  const what = found >= all ? 'more' : `only ${countText(Math.max(0, found))}`;
  return new RefusedFiles(
    `${file.path} says that it has ${said} values, and holds ${what}: it is damaged or was cut short. Download it again.`,
  );
}
