import { Unzip, type UnzipFile, UnzipInflate, unzipSync } from 'fflate';

/** What a zip may have at most. */
export interface ZipLimits {
  readonly files: number;
  /** Bytes of all files that are wanted, unpacked. */
  readonly bytes: number;
  /** Whether a file is unpacked at all. */
  isWanted(name: string): boolean;
  /** Bytes of a single file. */
  most(name: string): number;
}

/** The files of a zip by their names. */
export type ZipFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/** How many times as long as the zip its files may be. JSON is packed to a tenth, weights hardly. */
const MOST_RATIO = 200;

/** Zips of a few files may be packed better. */
const FREE_BYTES = 1_000_000;

/** Bytes that are unpacked at a time, so that what a file says it has is soon found to be wrong. */
const STEP = 1 << 16;

/**
 * Unpacks a zip from anywhere. What its list of files says is checked before anything is allocated; a file that turns out to be longer or
 * shorter than that is not read on.
 */
export function unzip(zip: Uint8Array, limits: ZipLimits): ZipFiles | 'too large' | 'damaged' {
  try {
    const sizes = sizesIn(zip, limits);
    const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    const isTooLong = [...sizes].some(([name, size]) => size > limits.most(name));
    if (sizes.size > limits.files || total > limits.bytes || isTooLong) return 'too large';
    if (total > FREE_BYTES + MOST_RATIO * zip.length) return 'too large';
    const found = unpacked(zip, sizes);
    return found.size === sizes.size ? found : 'damaged';
  } catch {
    return 'damaged';
  }
}

/** How long the files are that are wanted, by what the list at the end of the zip says. */
function sizesIn(zip: Uint8Array, limits: ZipLimits): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  unzipSync(zip, {
    filter({ name, originalSize }) {
      if (sizes.size <= limits.files && limits.isWanted(name)) sizes.set(name, originalSize);
      return false;
    },
  });
  return sizes;
}

function unpacked(zip: Uint8Array, sizes: ReadonlyMap<string, number>): ZipFiles {
  const found = new Map<string, Uint8Array<ArrayBuffer>>();
  const unzipper = new Unzip((file) => {
    const size = sizes.get(file.name);
    if (size !== undefined && !found.has(file.name)) collect(file, size, (contents) => found.set(file.name, contents));
  });
  unzipper.register(UnzipInflate);
  for (let at = 0; at < zip.length; at += STEP) unzipper.push(zip.subarray(at, at + STEP), at + STEP >= zip.length);
  return found;
}

/** Unpacks a file; a RangeError where it has another length than `size`. */
function collect(file: UnzipFile, size: number, done: (contents: Uint8Array<ArrayBuffer>) => void): void {
  const contents = new Uint8Array(size);
  let at = 0;
  file.ondata = (error, chunk, isLast) => {
    if (error) throw error;
    // A RangeError where it is longer.
    contents.set(chunk, at);
    at += chunk.length;
    if (isLast && at < size) throw new RangeError('It is shorter than its zip says.');
    if (isLast) done(contents);
  };
  file.start();
}
