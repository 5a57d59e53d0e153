import { parseManifest } from '../../src/dataset/manifest.ts';
import { unpackShard } from '../../src/dataset/shard.ts';

const SHARD_SIZE = 1000;

/** Shards whose images are trained on. */
const SHARD_COUNT = 10;

/** The images in them. */
export const IMAGE_COUNT = SHARD_COUNT * SHARD_SIZE;

/** The first training images as they are stored: labels [n], pixels [n, 784]. */
export async function loadImages(dataUrl: string): Promise<{ labels: Uint8Array; pixels: Uint8Array }> {
  const manifest = parseManifest(await (await fetch(`${dataUrl}manifest.json`)).text());
  const labels = new Uint8Array(IMAGE_COUNT);
  const pixels = new Uint8Array(IMAGE_COUNT * 784);
  const entries = manifest.shards.filter((entry) => entry.split === 'train').slice(0, SHARD_COUNT);
  for (const [index, entry] of entries.entries()) {
    const stored = new Uint8Array(await (await fetch(dataUrl + entry.file)).arrayBuffer());
    const shard = await unpackShard(entry, 10, stored);
    labels.set(shard.labels, index * SHARD_SIZE);
    pixels.set(shard.values, index * SHARD_SIZE * 784);
  }
  return { labels, pixels };
}
