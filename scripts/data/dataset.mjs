import { readFileSync } from 'node:fs';
import { readIdxFolder } from './idx.mjs';
import { describeDataset } from './manifest.mjs';
import { writeAll } from './output.mjs';
import { cutIntoShards } from './shards.mjs';

/**
 * Turns the four IDX files of a folder into shards, a manifest and the licence, in another folder. Nothing is written
 * before all of it is made; the same files give the same bytes.
 * @param {string} from
 * @param {string} to
 * @throws {import('./refusal.mjs').Refusal} when the first does not hold Fashion-MNIST, or the second takes no files.
 */
export function buildDataset(from, to) {
  const { train, test } = readIdxFolder(from);
  const shards = [...cutIntoShards('train', train), ...cutIntoShards('test', test)];
  const manifest = describeDataset(
    train.pixels,
    shards.map((shard) => shard.entry),
  );
  writeAll(to, [
    ...shards.map(({ entry, stored }) => ({ file: entry.file, bytes: stored })),
    { file: 'LICENSE', bytes: readFileSync(new URL('LICENSE.txt', import.meta.url)) },
    // Last, so that a manifest never names a shard that is not there.
    { file: 'manifest.json', bytes: `${JSON.stringify(manifest, null, 2)}\n` },
  ]);
  return manifest;
}
