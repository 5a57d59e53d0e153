import { createHash } from 'node:crypto';
import { constants, gzipSync } from 'node:zlib';

/** Samples in a shard: of small gray images about 440 KB to fetch, a second of a slow connection. */
const SHARD_SAMPLES = 1000;

/**
 * @typedef {object} Shard
 * @property {import('../../src/dataset/manifest.ts').ShardEntry} entry What the manifest says of it.
 * @property {Uint8Array} stored The bytes of its file.
 */

/**
 * @typedef {object} Samples The samples of a split.
 * @property {Uint8Array} labels [count] class numbers.
 * @property {Uint8Array} values [count, bytes of a sample].
 */

/**
 * Cuts a split into shards, in their order. A shard's raw bytes are its labels, then its samples. Its file
 * is one gzip member of them.
 * @param {'train' | 'test'} split
 * @param {Samples} samples
 * @returns {Shard[]}
 */
export function cutIntoShards(split, { labels, values }) {
  const size = values.length / labels.length;
  return Array.from({ length: Math.ceil(labels.length / SHARD_SAMPLES) }, (_, index) => {
    const start = index * SHARD_SAMPLES;
    const end = Math.min(start + SHARD_SAMPLES, labels.length);
    const raw = Buffer.concat([labels.subarray(start, end), values.subarray(start * size, end * size)]);
    const stored = gzip(raw);
    const file = `${split}-${String(index).padStart(2, '0')}.bin`;
    return { entry: { file, split, count: end - start, stored: digest(stored), raw: digest(raw) }, stored };
  });
}

/**
 * Gzip that gives the same bytes everywhere. How deflate searches for matches differs between builds of zlib (Node
 * carries Chromium's, which differs from the original at the default strategy), but with Z_RLE there is no search: the
 * two agree byte for byte, for 1 % more bytes. The header's hints on level and system are blanked.
 * @param {Uint8Array} raw
 */
export function gzip(raw) {
  const stored = gzipSync(raw, { level: 9, memLevel: 8, strategy: constants.Z_RLE });
  stored.fill(0, 4, 9); // RFC 1952: no modification time, no extra flags
  stored[9] = 255; // unknown operating system
  return stored;
}

/** @param {Uint8Array} bytes */
function digest(bytes) {
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}
