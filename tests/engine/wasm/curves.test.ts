import { type Rank, reshape, type Tensor } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { activate } from '../../../src/engine/tape/ops/activate.ts';
import { openWasm } from '../../../src/engine/wasm/open.ts';
import { noise } from '../support/values.ts';
import { expectAgreement, resultsOf } from './support.ts';

/** Values from tiny to large, of either sign, and where the formula changes. */
const VALUES = noise(20_001, 3).map((value, i) => {
  if (i < 200) return (i - 100) * 1.3;
  if (i < 300) return value * 10 ** (-i / 8);
  return i < 1000 ? 0.625 * Math.sign(value) * (1 + value * 1e-3) : 6 * value;
});

const CURVES = [
  ['sigmoid', (x: number) => 1 / (1 + Math.exp(-x)), 4],
  ['tanh', Math.tanh, 2],
] as const;

test.each(CURVES)('%s is right to within a few units of the last place', async (activation, exact, units) => {
  await openWasm();
  const [found = new Float32Array()] = resultsOf([{ shape: [VALUES.length], values: VALUES }], (x) =>
    activate(x, activation),
  );
  const wrong = [...VALUES].flatMap((x, i) => {
    const expected = exact(x);
    const unit = 2 ** (Math.floor(Math.log2(Math.abs(expected))) - 23);
    // e^-87 stands for what is smaller.
    const allowed = units * unit + 2e-38;
    return Math.abs((found[i] ?? Number.NaN) - expected) <= allowed ? [] : [`${x}: ${found[i]}, not ${expected}`];
  });
  expect(wrong.slice(0, 5)).toEqual([]);
});

test('what is no number stays none, and what is infinite has a limit', async () => {
  await openWasm();
  const values = Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0);
  const of = (activation: 'sigmoid' | 'tanh') => [
    ...(resultsOf([{ shape: [4], values }], (x) => activate(x, activation))[0] ?? []),
  ];
  const [sigmoid, tanh] = [of('sigmoid'), of('tanh')];
  expect(tanh).toEqual([Number.NaN, 1, -1, 0]);
  expect(sigmoid).toEqual([Number.NaN, 1, expect.closeTo(0, 30), 0.5]);
});

test.each(['sigmoid', 'tanh', 'swish', 'softplus'] as const)('%s and its gradient agree with tfjs', (activation) =>
  expectAgreement([{ shape: [VALUES.length, 1], values: VALUES }], (x: Tensor) =>
    activate(reshape<Rank.R2>(x, [VALUES.length, 1]), activation),
  ),
);
