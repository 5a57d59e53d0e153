import { expect, test } from 'vitest';
import { Fold } from '../../../../src/core/explaining/fold.ts';
import { streamKey, uniforms } from '../../../../src/core/random.ts';

const WIDTH = 4096;

/** Rows of values 0 ... 1, of which seven in ten are 0, as behind a ReLU: [count, WIDTH]. */
function rowsOf(count: number): Float32Array<ArrayBuffer> {
  return uniforms(streamKey(3, 'sample'), count * WIDTH).map((value) => Math.max(0, value - 0.7));
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + (value - (b[i] ?? 0)) ** 2, 0);
}

test('rows of 512 values stay as they are', () => {
  const fold = new Fold(512);
  const rows = Float32Array.from({ length: 1024 }, (_, i) => i);
  expect([fold.kept, fold.isRough]).toEqual([512, false]);
  expect(fold.of(rows)).toBe(rows);
});

test('longer rows become 512 values, the same each time', () => {
  const rows = rowsOf(2);
  const fold = new Fold(WIDTH);
  expect([fold.kept, fold.isRough, fold.of(rows).length]).toEqual([512, true, 1024]);
  expect(new Fold(WIDTH).of(rows.subarray(WIDTH).slice())).toEqual(fold.of(rows).slice(512));
});

test('squared distances are the same on average, and 95 of 100 within an eighth', () => {
  const rows = rowsOf(41);
  const folded = new Fold(WIDTH).of(rows);
  const ratios = Array.from({ length: 40 }, (_, i) => {
    const before = squaredDistance(rows.subarray(0, WIDTH), rows.subarray((i + 1) * WIDTH, (i + 2) * WIDTH));
    return squaredDistance(folded.subarray(0, 512), folded.subarray((i + 1) * 512, (i + 2) * 512)) / before;
  });
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
  expect(Math.abs(mean - 1)).toBeLessThan(0.06);
  expect(ratios.filter((ratio) => Math.abs(ratio - 1) < 0.125).length).toBeGreaterThanOrEqual(38);
});
