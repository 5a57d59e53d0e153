import { describe, expect, it } from 'vitest';
import { openByteCache } from '../../../src/dataset/cache.ts';
import { MemoryCaches } from './support.ts';

const URL_A = 'https://lab.example/data/a.bin?sha256=1';
const bytes = Uint8Array.of(1, 2, 3);

describe('openByteCache', () => {
  it('gives back what was written, under its address only', async () => {
    const storage = new MemoryCaches();
    await openByteCache(storage).write(URL_A, bytes);
    const later = openByteCache(storage);
    expect(await later.read(URL_A)).toEqual(bytes);
    expect(await later.read('https://lab.example/data/a.bin?sha256=2')).toBe(null);
  });

  it('keeps nothing where the browser has no cache', async () => {
    const cache = openByteCache(undefined);
    await cache.write(URL_A, bytes);
    expect(await cache.read(URL_A)).toBe(null);
  });

  it.each(['SecurityError', 'QuotaExceededError'])('is an empty cache after a %s', async (name) => {
    const storage = new MemoryCaches();
    storage.open = () => Promise.reject(new DOMException('No.', name));
    const cache = openByteCache(storage);
    await cache.write(URL_A, bytes);
    expect(await cache.read(URL_A)).toBe(null);
  });
});
