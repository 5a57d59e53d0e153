import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const DATA = new URL('../../../../public/data/', import.meta.url);

/** Pixels of all training images, a shard each: [60][1000, 784]. */
export function trainingShards(): Uint8Array[] {
  return Array.from({ length: 60 }, (_, shard) => pixelsOf(`train-${String(shard).padStart(2, '0')}.bin`));
}

/** The first images of the test set, each [784]; at most 1,000. */
export function testImages(count: number): Uint8Array<ArrayBuffer>[] {
  const pixels = pixelsOf('test-00.bin');
  return Array.from({ length: count }, (_, i) => Uint8Array.from(pixels.subarray(i * 784, (i + 1) * 784)));
}

/** What comes after the 1,000 labels of a shard. */
function pixelsOf(file: string): Uint8Array {
  return gunzipSync(readFileSync(new URL(file, DATA))).subarray(1000);
}
