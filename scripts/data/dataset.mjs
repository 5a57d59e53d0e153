import { describeDataset } from './manifest.mjs';
import { writeAll } from './output.mjs';
import { cutIntoShards } from './shards.mjs';

/**
 * Writes a data set into a folder: its shards, a manifest, and the licence and other files where there are any. Nothing is written before all
 * of it is made; the same files give the same bytes.
 * @param {import('./description.mjs').Source} source
 * @param {string} to
 * @returns {import('../../src/dataset/manifest.ts').ShardEntry[]} what was written
 * @throws {import('./refusal.mjs').Refusal} when the folder takes no files.
 */
export function buildDataset({ description, splits, licence, files = [] }, to) {
  const shards = [...cutIntoShards('train', splits.train), ...cutIntoShards('test', splits.test)];
  const entries = shards.map((shard) => shard.entry);
  writeAll(to, [
    ...shards.map(({ entry, stored }) => ({ file: entry.file, bytes: stored })),
    ...files,
    ...(licence === null ? [] : [{ file: 'LICENSE', bytes: licence }]),
    // Last, so that a manifest never names a shard that is not there.
    { file: 'manifest.json', bytes: `${JSON.stringify(describeDataset(description, entries), null, 2)}\n` },
  ]);
  return entries;
}
