import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Refusal, reasonOf } from './refusal.mjs';

/**
 * @typedef {object} IdxFile One of the four files, as Zalando SE published them.
 * @property {string} name The file's name without .gz.
 * @property {'train' | 'test'} split
 * @property {'images' | 'labels'} holds
 * @property {readonly number[]} shape [images, rows, columns] or [labels].
 * @property {string} sha256 Of the decompressed file.
 */

/**
 * @typedef {object} Split
 * @property {Uint8Array} labels [count] class numbers 0..9.
 * @property {Uint8Array} pixels [count, 28, 28] gray, 0 is the background.
 */

/** @type {readonly IdxFile[]} */
export const IDX_FILES = [
  {
    name: 'train-images-idx3-ubyte',
    split: 'train',
    holds: 'images',
    shape: [60_000, 28, 28],
    sha256: 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
  },
  {
    name: 'train-labels-idx1-ubyte',
    split: 'train',
    holds: 'labels',
    shape: [60_000],
    sha256: 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
  },
  {
    name: 't10k-images-idx3-ubyte',
    split: 'test',
    holds: 'images',
    shape: [10_000, 28, 28],
    sha256: '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
  },
  {
    name: 't10k-labels-idx1-ubyte',
    split: 'test',
    holds: 'labels',
    shape: [10_000],
    sha256: '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
  },
];

const REMEDY =
  'install the Debian package dataset-fashion-mnist, or name the folder that holds the four Fashion-MNIST IDX files with: npm run data -- --from FOLDER';

/**
 * The header of an IDX file of unsigned bytes: two zero bytes, the type 8, the number of dimensions, and each
 * dimension as a big-endian uint32 (http://yann.lecun.com/exdb/mnist/).
 * @param {readonly number[]} shape
 */
export function idxHeader(shape) {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header[2] = 8;
  header[3] = shape.length;
  shape.forEach((size, axis) => {
    header.writeUInt32BE(size, 4 + 4 * axis);
  });
  return header;
}

/**
 * Reads the four IDX files, gzipped or not, and checks each byte of them.
 * @param {string} folder
 * @returns {Record<'train' | 'test', Split>}
 * @throws {Refusal} when the folder or a file is missing, unreadable, or not Fashion-MNIST.
 */
export function readIdxFolder(folder) {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Refusal(`There is no folder ${folder}: ${REMEDY}`);
  }
  const [trainPixels, trainLabels, testPixels, testLabels] = IDX_FILES.map((file) => readIdx(folder, file));
  if (!(trainPixels && trainLabels && testPixels && testLabels)) throw new Error('IDX_FILES must name four files.');
  return {
    train: { labels: trainLabels, pixels: trainPixels },
    test: { labels: testLabels, pixels: testPixels },
  };
}

/**
 * The data bytes of one IDX file, without its header.
 * @param {string} folder
 * @param {IdxFile} file
 */
function readIdx(folder, file) {
  const path = [join(folder, file.name), join(folder, `${file.name}.gz`)].find((candidate) => existsSync(candidate));
  if (path === undefined) {
    throw new Refusal(`The folder ${folder} has neither ${file.name} nor ${file.name}.gz: ${REMEDY}`);
  }
  const bytes = readUnzipped(path);
  const header = idxHeader(file.shape);
  if (!bytes.subarray(0, header.length).equals(header)) {
    throw new Refusal(
      `${path} is not an IDX file of ${file.shape.join(' x ')} bytes: fetch the file again, or name another folder with --from.`,
    );
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== file.sha256) {
    throw new Refusal(
      `${path} does not hold the ${file.holds} of Fashion-MNIST (SHA-256 ${sha256}, expected ${file.sha256}): it may be damaged, or be the digits of MNIST, so fetch the file again.`,
    );
  }
  return bytes.subarray(header.length);
}

/** @param {string} path */
function readUnzipped(path) {
  try {
    const bytes = readFileSync(path);
    // No IDX file is larger than 48 MB, so a gzip bomb ends here.
    return path.endsWith('.gz') ? gunzipSync(bytes, { maxOutputLength: 64_000_000 }) : bytes;
  } catch (error) {
    throw new Refusal(
      `${path} cannot be read (${reasonOf(error)}): it may be cut short or damaged, so fetch the file again.`,
    );
  }
}
