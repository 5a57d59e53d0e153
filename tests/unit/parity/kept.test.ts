import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { kept, keptIn } from '../../../scripts/parity/kept.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const RESULT = { losses: [0.1, Number.NaN], isRecorded: true, answered: null, device: 'cpu' };

test('what was trained is kept, losses that are no number among it', async () => {
  const file = join(folder, 'dense/1/wasm.json');
  const train = vi.fn(async () => RESULT);
  const first = await kept(file, 'a', train);
  expect(first).toMatchObject(RESULT);
  expect(await kept(file, 'a', train)).toEqual(first);
  expect(train).toHaveBeenCalledTimes(1);
});

test('under other circumstances it is trained anew', async () => {
  const file = join(folder, 'wasm.json');
  await kept(file, 'a', async () => RESULT);
  const other = { ...RESULT, losses: [3] };
  expect(await kept(file, 'b', async () => other)).toMatchObject(other);
  expect(await kept(file, 'b', () => Promise.reject(new Error('It is kept.')))).toMatchObject(other);
});

test('what failed is not kept', async () => {
  const file = join(folder, 'wasm.json');
  await expect(kept(file, 'a', () => Promise.reject(new Error('No device')))).rejects.toThrow('No device');
  expect(await kept(file, 'a', async () => RESULT)).toMatchObject(RESULT);
});

test('what has not been trained under these circumstances is not there', async () => {
  const file = join(folder, 'wasm.json');
  expect(keptIn(file, 'a')).toBeNull();
  const first = await kept(file, 'a', async () => RESULT);
  expect(keptIn(file, 'a')).toEqual(first);
  expect(keptIn(file, 'b')).toBeNull();
});
