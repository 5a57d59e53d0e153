import { expect, test } from 'vitest';
import {
  distanceOf,
  FIXED_LIMIT,
  faultsOf,
  limitOf,
  markdownTable,
  type Outcome,
} from '../../../scripts/parity/verdicts.mjs';

const rowOf = (outcomes: Record<string, Outcome>, limit = FIXED_LIMIT) => ({
  id: 'dense',
  title: 'Dense',
  limit,
  torch: 4e-7,
  outcomes,
});

const near: Outcome = { distance: 3.24e-7, isRecorded: true };
const far: Outcome = { distance: 1.1e-5, isRecorded: false };

test('the distance of two courses is that of the step at which they are farthest apart', () => {
  expect(distanceOf([1, 2.5, 3], [1, 2, 3.25])).toBe(0.5);
});

test('courses that cannot be compared are infinitely far apart', () => {
  expect(distanceOf([1, Number.NaN], [1, 2])).toBe(Number.POSITIVE_INFINITY);
  expect(distanceOf([1, 2], [1])).toBe(Number.POSITIVE_INFINITY);
  expect(distanceOf([], [])).toBe(Number.POSITIVE_INFINITY);
});

test('beside PyTorch the limit is twice its own distance, but never below the fixed one', () => {
  expect(limitOf('fixed', 1)).toBe(FIXED_LIMIT);
  expect(limitOf('besideTorch', 3e-4)).toBe(6e-4);
  expect(limitOf('besideTorch', 1e-9)).toBe(FIXED_LIMIT);
});

test('a fault is told for each engine that is too far away or failed, and for no other', () => {
  expect(faultsOf(rowOf({ wasm: near }))).toEqual([]);
  expect(faultsOf(rowOf({ wasm: { distance: FIXED_LIMIT, isRecorded: true } }))).toEqual([]);
  expect(faultsOf(rowOf({ wasm: near, webgl: far, webgpu: { error: 'No device' } }))).toEqual([
    'Dense, webgl: 1.1e-5 from float64, more than 1.0e-5',
    'Dense, webgpu: No device',
  ]);
  expect(faultsOf(rowOf({ webgl: far }, 2e-5))).toEqual([]);
  expect(faultsOf(rowOf({ webgl: { distance: Number.POSITIVE_INFINITY, isRecorded: true } }))).toHaveLength(1);
});

test('the table has a row for each case, with a verdict', () => {
  const engines = [
    ['wasm', 'WebAssembly'],
    ['webgl', 'WebGL'],
    ['cpu', 'JavaScript'],
  ] as const;
  const rows = [rowOf({ wasm: near }), rowOf({ wasm: near, webgl: far, cpu: { error: 'No room' } })];
  expect(markdownTable(rows, engines).split('\n')).toEqual([
    '| Case | Limit | PyTorch float32 | WebAssembly | WebGL | JavaScript | Verdict |',
    '| --- | ---: | ---: | ---: | ---: | ---: | --- |',
    '| Dense | 1.0e-5 | 4.0e-7 | 3.2e-7 |  |  | within |',
    '| Dense | 1.0e-5 | 4.0e-7 | 3.2e-7 | 1.1e-5 (tape) | failed | **too far** |',
  ]);
});
