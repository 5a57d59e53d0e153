import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseIdx } from './idx-bytes.mjs';
import { Refusal, reasonOf } from './refusal.mjs';

/** Larger files are refused before they are decompressed. */
const MOST_BYTES = 512_000_000;

/**
 * @typedef {object} Split
 * @property {Uint8Array} labels [count] class numbers.
 * @property {Uint8Array} values [count, height, width] or [count, height, width, channels] bytes.
 * @property {readonly number[]} shape Of one image: [height, width] or [height, width, channels].
 */

/** The names of the files without .gz, as MNIST has them. */
export const IDX_FILES = {
  train: { images: 'train-images-idx3-ubyte', labels: 'train-labels-idx1-ubyte' },
  test: { images: 't10k-images-idx3-ubyte', labels: 't10k-labels-idx1-ubyte' },
};

const REMEDY =
  'install the Debian package dataset-fashion-mnist, or name the folder that holds four IDX files with: npm run data -- --from FOLDER';

/**
 * Reads the four IDX files of a folder, gzipped or not.
 * @param {string} folder
 * @param {Readonly<Record<string, string>>} [digests] SHA-256 of the decompressed files by name, where they are known
 * @returns {Record<'train' | 'test', Split>}
 * @throws {Refusal} when the folder or a file is missing, unreadable, or not what it should be.
 */
export function readIdxFolder(folder, digests = {}) {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Refusal(`There is no folder ${folder}: ${REMEDY}`);
  }
  const [train, test] = [readSplit(folder, IDX_FILES.train, digests), readSplit(folder, IDX_FILES.test, digests)];
  if (train.shape.join() !== test.shape.join()) {
    throw new Refusal(
      `The images of ${folder} are of two sizes: ${train.shape.join(' x ')} to train on, and ${test.shape.join(' x ')} to test on.`,
    );
  }
  return { train, test };
}

/**
 * @param {string} folder
 * @param {{ readonly images: string, readonly labels: string }} files
 * @param {Readonly<Record<string, string>>} digests
 * @returns {Split}
 */
function readSplit(folder, files, digests) {
  const images = readIdx(folder, files.images, [3, 4], digests);
  const labels = readIdx(folder, files.labels, [1], digests);
  const [count = 0, ...shape] = images.shape;
  if (count === 0 || count !== labels.shape[0]) {
    throw new Refusal(
      `${folder} has ${count} images in ${files.images} and ${labels.shape[0]} labels in ${files.labels}.`,
    );
  }
  return { labels: labels.bytes, values: images.bytes, shape };
}

/**
 * The data bytes of one IDX file and their dimensions.
 * @param {string} folder
 * @param {string} name
 * @param {readonly number[]} ranks how many dimensions it may have
 * @param {Readonly<Record<string, string>>} digests
 */
function readIdx(folder, name, ranks, digests) {
  const path = [join(folder, name), join(folder, `${name}.gz`)].find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Refusal(`The folder ${folder} has neither ${name} nor ${name}.gz: ${REMEDY}`);
  const bytes = readUnzipped(path);
  const parsed = parseIdx(bytes);
  if (parsed === null || !ranks.includes(parsed.shape.length)) {
    throw new Refusal(
      `${path} is not an IDX file of bytes with ${ranks.join(' or ')} dimensions that is whole: fetch the file again, or name another folder with --from.`,
    );
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const expected = digests[name];
  if (expected !== undefined && sha256 !== expected) {
    throw new Refusal(
      `${path} does not hold that of Fashion-MNIST (SHA-256 ${sha256}, expected ${expected}): it may be damaged, so fetch the file again; for another data set, such as the digits of MNIST, say --id, --title and --classes.`,
    );
  }
  return parsed;
}

/** @param {string} path */
function readUnzipped(path) {
  try {
    const bytes = readFileSync(path);
    return path.endsWith('.gz') ? gunzipSync(bytes, { maxOutputLength: MOST_BYTES }) : bytes;
  } catch (error) {
    throw new Refusal(
      `${path} cannot be read (${reasonOf(error)}): it may be cut short or damaged, so fetch the file again.`,
    );
  }
}
