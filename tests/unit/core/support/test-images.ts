import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** The first images of the test set, each [784]; at most 1,000. */
export function testImages(count: number): Uint8Array<ArrayBuffer>[] {
  const shard = gunzipSync(readFileSync(new URL('../../../../public/data/test-00.bin', import.meta.url)));
  return Array.from({ length: count }, (_, i) => Uint8Array.from(shard.subarray(1000 + i * 784, 1000 + (i + 1) * 784)));
}
