/**
 * @typedef {Omit<import('../../src/core/dataset/spec.ts').DatasetSpec, 'splits'>} Description A data set but for how many
 *   samples it has, which the shards tell.
 */

/**
 * What the app reads before it fetches a shard; src/dataset/manifest.ts checks it there.
 * @param {Description} description
 * @param {import('../../src/dataset/manifest.ts').ShardEntry[]} shards
 */
export function describeDataset(description, shards) {
  return {
    format: /** @type {const} */ (2),
    ...description,
    layout: 'gzip of: count label bytes, then count samples; an image row by row, the channels of a pixel side by side',
    shards,
  };
}
