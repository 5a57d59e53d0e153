import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/**
 * The first samples to test on of a data set that comes with the app.
 * @param {string} root the project's folder
 * @param {string} folder below the page
 * @returns {import('./datasets.mjs').Samples}
 */
export function samplesOfFolder(root, folder) {
  // A part of the classes is named behind a sign; its files are those of the whole set.
  const place = join(root, 'public', folder.split('#')[0] ?? folder);
  /** @type {{ shards: { split: string, file: string, count: number }[] }} */
  const { shards } = JSON.parse(readFileSync(join(place, 'manifest.json'), 'utf8'));
  const shard = shards.find(({ split }) => split === 'test');
  if (shard === undefined) throw new Error(`${folder} has no samples to test on.`);
  const bytes = Uint8Array.from(gunzipSync(readFileSync(join(place, shard.file))));
  return { labels: bytes.slice(0, shard.count), values: bytes.slice(shard.count) };
}
