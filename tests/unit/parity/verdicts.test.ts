import { expect, test } from 'vitest';
import {
  distanceOf,
  FIXED_LIMIT,
  faultsOf,
  limitOf,
  markdownTable,
  type Outcome,
  type Row,
  spreadOf,
} from '../../../scripts/parity/verdicts.mjs';

const rowOf = (outcomes: Record<string, Outcome>, facts: Partial<Row> = {}): Row => ({
  id: 'dense',
  title: 'Dense',
  limit: 'fixed',
  steps: 100,
  torch: [4e-7],
  outcomes,
  ...facts,
});

const outcome = (distances: readonly number[], facts: Partial<Exclude<Outcome, { error: string }>> = {}): Outcome => ({
  steps: 100,
  distances,
  torch: [4e-7],
  isRecorded: true,
  ...facts,
});

const near = outcome([3.24e-7]);
const far = outcome([1.1e-5], { isRecorded: false });

test('the distance of two courses is that of the step at which they are farthest apart', () => {
  expect(distanceOf([1, 2.5, 3], [1, 2, 3.25])).toBe(0.5);
});

test('courses that cannot be compared are infinitely far apart', () => {
  expect(distanceOf([1, Number.NaN], [1, 2])).toBe(Number.POSITIVE_INFINITY);
  expect(distanceOf([1, 2], [1])).toBe(Number.POSITIVE_INFINITY);
  expect(distanceOf([], [])).toBe(Number.POSITIVE_INFINITY);
});

test('the spread of distances is their median, the least and the greatest, in whatever order they come', () => {
  expect(spreadOf([30, 2, 100, 4, 5])).toEqual({ median: 5, least: 2, greatest: 100 });
  expect(spreadOf([8, 2, 4, 100])).toEqual({ median: 6, least: 2, greatest: 100 });
  expect(spreadOf([3])).toEqual({ median: 3, least: 3, greatest: 3 });
  expect(spreadOf([1, Number.POSITIVE_INFINITY, 2]).median).toBe(2);
  expect(spreadOf([]).median).toBe(Number.POSITIVE_INFINITY);
});

test('beside PyTorch the limit is twice the median of its own distances, but never below the fixed one', () => {
  expect(limitOf('fixed', [1])).toBe(FIXED_LIMIT);
  expect(limitOf('besideTorch', [3e-4])).toBe(6e-4);
  expect(limitOf('besideTorch', [1, 2e-4, 1e-4])).toBe(4e-4);
  expect(limitOf('besideTorch', [1e-9])).toBe(FIXED_LIMIT);
});

test('a fault is told for each engine that is too far away or failed, and for no other', () => {
  expect(faultsOf(rowOf({ wasm: near }))).toEqual([]);
  expect(faultsOf(rowOf({ wasm: outcome([FIXED_LIMIT]) }))).toEqual([]);
  expect(faultsOf(rowOf({ wasm: near, webgl: far, webgpu: { error: 'No device' } }))).toEqual([
    'Dense, webgl, 100 steps: 1.1e-5 from float64, more than 1.0e-5',
    'Dense, webgpu: No device',
  ]);
  expect(faultsOf(rowOf({ webgl: outcome([Number.POSITIVE_INFINITY]) }))).toHaveLength(1);
});

test('of several seeds the medians are compared: one that is far away is no fault, most of them are', () => {
  const torch = [1e-3, 2e-3, 4e-2];
  const verdict = (distances: readonly number[]) =>
    faultsOf(rowOf({ wasm: outcome(distances, { torch }) }, { limit: 'besideTorch', torch }));
  expect(verdict([9e-2, 1e-3, 4e-3])).toEqual([]);
  expect(verdict([9e-2, 1e-3, 5e-3])).toEqual(['Dense, wasm, 100 steps: 5.0e-3 from float64, more than 4.0e-3']);
  expect(verdict([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 1e-3])).toHaveLength(1);
});

test('fewer steps are compared with as many of PyTorch', () => {
  const few = (distance: number) => outcome([distance], { steps: 10, torch: [2e-5] });
  const verdict = (distance: number) =>
    faultsOf(rowOf({ webgpu: few(distance) }, { limit: 'besideTorch', torch: [1e-2] }));
  expect(verdict(4e-5)).toEqual([]);
  expect(verdict(5e-5)).toEqual(['Dense, webgpu, 10 steps: 5.0e-5 from float64, more than 4.0e-5']);
});

test('where PyTorch itself comes to no number, nobody is within the limit', () => {
  const torch = [Number.POSITIVE_INFINITY];
  const lost = outcome([Number.POSITIVE_INFINITY], { torch });
  expect(faultsOf(rowOf({ wasm: lost }, { limit: 'besideTorch', torch }))).toHaveLength(1);
});

test('the table has a row for each case, with a verdict', () => {
  const engines = [
    ['wasm', 'WebAssembly'],
    ['webgl', 'WebGL'],
    ['cpu', 'JavaScript'],
  ] as const;
  const torch = [1e-3, 2e-3, 4e-2];
  const rows = [
    rowOf({ wasm: near }),
    rowOf({ wasm: near, webgl: far, cpu: { error: 'No room' } }),
    rowOf(
      { wasm: outcome([1e-3, 5e-2, 4e-3], { torch }), webgl: outcome([1e-3, 2e-3, 3e-3], { steps: 10, torch }) },
      { limit: 'besideTorch', torch },
    ),
  ];
  expect(markdownTable(rows, engines).split('\n')).toEqual([
    '| Case | Steps | Seeds | Limit | PyTorch float32 | WebAssembly | WebGL | JavaScript | Verdict |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |',
    '| Dense | 100 | 1 | 1.0e-5 | 4.0e-7 | 3.2e-7 |  |  | within |',
    '| Dense | 100 | 1 | 1.0e-5 | 4.0e-7 | 3.2e-7 | 1.1e-5 (tape) | failed | **too far** |',
    '| Dense | 100 | 3 | 4.0e-3 | 2.0e-3 (1.0e-3 ... 4.0e-2) | 4.0e-3 (1.0e-3 ... 5.0e-2) | 2.0e-3 (1.0e-3 ... 3.0e-3), 10 steps |  | within |',
  ]);
});
