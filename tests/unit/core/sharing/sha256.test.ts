import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha256 } from '../../../../src/core/sharing/sha256.ts';

test('it is what everybody else computes, at every length around the size of a block', () => {
  for (const length of [...Array(200).keys(), 1000, 100_000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + length) % 256);
    expect(sha256(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
  }
  // In the middle of other bytes.
  const bytes = Uint8Array.from({ length: 300 }, (_, i) => i % 251);
  expect(sha256(bytes.subarray(3, 200))).toBe(createHash('sha256').update(bytes.subarray(3, 200)).digest('hex'));
  expect(sha256('Zürich')).toBe(createHash('sha256').update('Zürich').digest('hex'));
});
