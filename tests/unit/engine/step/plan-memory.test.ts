import { describe, expect, test } from 'vitest';
import { defaultRecipe, type Recipe } from '../../../../src/core/training/recipe.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import { type Buffer, bytesOf } from '../../../../src/engine/step/buffer.ts';
import type { Operation } from '../../../../src/engine/step/operation.ts';
import { planMemory } from '../../../../src/engine/step/plan-memory.ts';
import { recordStep } from '../../../../src/engine/step/record-step.ts';
import { graphOf, type Row } from '../../../engine/support/networks.ts';

function buffer(name: string, length: number): Buffer {
  return { name, role: 'step', type: 'float32', shape: [length] };
}

function add(x: Buffer, y: Buffer, z: Buffer): Operation {
  return { name: 'add', inputs: { x, y }, outputs: { z }, attributes: { count: 1 } };
}

/** The first of a chain: it reads a weight, which is no value of the step. */
function begin(gradient: Buffer): Operation {
  const weight: Buffer = { ...gradient, role: 'weight' };
  return { name: 'penaltyGradient', inputs: { weight }, outputs: { gradient }, attributes: { count: 1, l1: 0, l2: 1 } };
}

describe('the plan of memory', () => {
  const [a, b, c, d] = [buffer('a', 10), buffer('b', 4), buffer('c', 6), buffer('d', 3)];
  // a and b meet, b and c meet, c and d meet.
  const chain = [begin(a), add(a, a, b), add(b, b, c), add(c, c, d)];

  test('a buffer lives from the operation that writes it to the last that reads it', () => {
    expect(planMemory(chain).lifetimes).toEqual(
      new Map([
        [a, { first: 0, last: 1 }],
        [b, { first: 1, last: 2 }],
        [c, { first: 2, last: 3 }],
        [d, { first: 3, last: 3 }],
      ]),
    );
  });

  test('what is not needed any more makes room for what comes', () => {
    const { offsets, bytes } = planMemory(chain);
    expect(bytes).toBe(56);
    expect([a, b, c, d].map((each) => offsets.get(each))).toEqual([0, 40, 0, 24]);
  });

  test('an executor says how much room a buffer takes', () => {
    expect(planMemory(chain, (bytes) => Math.ceil((bytes + 64) / 64) * 64).bytes).toBe(256);
  });

  test('what is read behind the last operation keeps its room', () => {
    const { offsets, lifetimes } = planMemory(chain, undefined, a);
    expect(lifetimes.get(a)).toEqual({ first: 0, last: 4 });
    expect([a, b, c, d].map((each) => offsets.get(each))).toEqual([0, 64, 40, 64]);
  });

  test('a buffer that nothing has written cannot be read', () => {
    expect(() => planMemory([add(a, a, b)])).toThrow('add reads a, which nothing has written.');
  });
});

const NETWORKS: readonly (readonly [string, readonly Row[]])[] = [
  ['a dense network', [['flatten'], ['dense', { units: 64 }], ['dense', { units: 10, activation: 'softmax' }]]],
  [
    'functions, dropout and penalties',
    [
      ['flatten'],
      ['dense', { units: 40, activation: 'swish', l2: 0.01 }],
      ['dropout', { rate: 0.3 }],
      ['dense', { units: 30, activation: 'tanh' }],
      ['dense', { units: 10, activation: 'softmax' }],
    ],
  ],
];

const RECIPE: Recipe = { ...defaultRecipe(FASHION_MNIST), clipNorm: 1, classWeights: 'balanced' };

test.each(NETWORKS)('no two buffers of %s that are needed at once overlap, and the peak is reached', (_name, rows) => {
  const { operations } = recordStep(graphOf(...rows), RECIPE);
  const { offsets, bytes, ...plan } = planMemory(operations);
  const lifetimes = [...plan.lifetimes];
  const live = operations.map((_, place) =>
    lifetimes
      .filter(([, { first, last }]) => first <= place && place <= last)
      .map(([each]) => ({ start: offsets.get(each) ?? Number.NaN, end: (offsets.get(each) ?? 0) + bytesOf(each) }))
      .toSorted((x, y) => x.start - y.start),
  );
  for (const together of live) {
    for (const [i, { start }] of together.entries()) expect(start).toBeGreaterThanOrEqual(together[i - 1]?.end ?? 0);
  }
  const needed = live.map((together) => together.reduce((sum, { start, end }) => sum + end - start, 0));
  const all = lifetimes.reduce((sum, [each]) => sum + bytesOf(each), 0);
  expect(bytes).toBe(Math.max(...live.flat().map(({ end }) => end)));
  expect(bytes).toBeGreaterThanOrEqual(Math.max(...needed));
  expect(bytes).toBeLessThan(all);
});
