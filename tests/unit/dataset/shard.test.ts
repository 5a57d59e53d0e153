import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { sha256 } from '../../../src/dataset/digest.ts';
import { unpackShard } from '../../../src/dataset/shard.ts';
import { dataFile, shardEntry } from './support.ts';

const entry = shardEntry('train-00.bin');
const text = (content: string) => new TextEncoder().encode(content);
const digest = (bytes: Uint8Array) => ({
  bytes: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
});

function flipByte(bytes: Uint8Array<ArrayBuffer>, at: number): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

afterEach(() => vi.unstubAllGlobals());

describe('unpackShard', () => {
  it('gives the labels and the pixels of the first training images', async () => {
    const { labels, values } = await unpackShard(entry, 10, dataFile('train-00.bin'));
    expect([...labels.subarray(0, 10)]).toEqual([9, 0, 0, 3, 0, 2, 7, 2, 5, 5]);
    expect(labels.length).toBe(1000);
    expect(values.length).toBe(784_000);
    // Row 3 of the first image, an ankle boot.
    expect([...values.subarray(3 * 28 + 12, 3 * 28 + 21)]).toEqual([1, 0, 0, 13, 73, 0, 0, 1, 4]);
  });

  it('calls a label that no class has corrupt', async () => {
    await expect(unpackShard(entry, 9, dataFile('train-00.bin'))).rejects.toThrow(
      'train-00.bin arrived damaged: it has label 9, and there are 9 classes.',
    );
  });

  it('calls a page in place of the bytes a web page', async () => {
    const page = text('\n<!doctype html><title>Sign in</title>');
    await expect(unpackShard(entry, 10, page)).rejects.toMatchObject({ code: 'html', file: 'train-00.bin' });
  });

  it('calls missing bytes truncated and says how many came', async () => {
    const part = dataFile('train-00.bin').slice(0, 12_000);
    await expect(unpackShard(entry, 10, part)).rejects.toThrow(
      'Only 12,000 of 436,415 bytes of train-00.bin arrived. The connection was probably cut; the page tries again every 15 seconds, and at once when you press Retry.',
    );
    await expect(unpackShard(entry, 10, new Uint8Array())).rejects.toMatchObject({ code: 'truncated' });
  });

  it.each([
    ['one wrong bit', flipByte(dataFile('train-00.bin'), 200_000), 'its checksum does not match'],
    ['another shard', dataFile('train-01.bin'), 'it has 439,180 bytes, not 436,415'],
    ['what is not gzip', text('{"error": "too many requests"}'), 'it does not begin as a gzip file does'],
  ])('calls %s corrupt', async (_, bytes, detail) => {
    const failed = unpackShard(entry, 10, bytes);
    await expect(failed).rejects.toMatchObject({ code: 'corrupt' });
    await expect(failed).rejects.toThrow(detail);
  });

  it('checks what was inflated, too', async () => {
    const raw = new Uint8Array(785_000);
    const stored = new Uint8Array(gzipSync(raw));
    const failed = unpackShard({ ...entry, stored: digest(stored) }, 10, stored);
    await expect(failed).rejects.toThrow('its checksum does not match');
    const short = new Uint8Array(gzipSync(raw.subarray(1)));
    await expect(unpackShard({ ...entry, stored: digest(short) }, 10, short)).rejects.toMatchObject({
      code: 'truncated',
    });
  });

  it('says so when the manifest vouches for bytes that cannot be inflated', async () => {
    const stored = flipByte(dataFile('train-00.bin'), 200_000);
    await expect(unpackShard({ ...entry, stored: digest(stored) }, 10, stored)).rejects.toMatchObject({
      code: 'corrupt',
    });
  });

  it('still finds damage by the CRC where the page has no crypto.subtle', async () => {
    vi.stubGlobal('crypto', {});
    expect(await sha256(text('abc'))).toBe(null);
    const good = await unpackShard(entry, 10, dataFile('train-00.bin'));
    expect(good.labels[0]).toBe(9);
    const damaged = flipByte(dataFile('train-00.bin'), 200_000);
    await expect(unpackShard(entry, 10, damaged)).rejects.toThrow('it cannot be inflated');
  });
});

describe('sha256', () => {
  it('is the hash of FIPS 180-2', async () => {
    expect(await sha256(text('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
