import { expect, test } from 'vitest';
import { type Done, differences } from '../../../scripts/exports/compare.mjs';

const COURSE = {
  rates: [0.1, 0.05],
  losses: [2, 1],
  validation: [1.5, 1.25],
  start: [new Float32Array([0, 0]), new Float32Array([1])],
  weights: [new Float32Array([3, 4]), new Float32Array([2])],
};
const PREPARED = {
  given: {},
  name: 'a case',
  isShared: false,
  fact: 'course',
  courses: { torch: COURSE, keras: COURSE },
  trainable: [true, false],
  start: { 'dense 0': 0.5, 'dense_1 0': 0.25 },
  variation: { mean: [0.5], deviation: [0.1], changed: 0.5, area: 0.2, least: 0, most: 1 },
  logits: [1, -2],
  files: {},
} as const;
const DONE: Done = {
  rates: [0.1, 0.05],
  losses: [],
  validation: [1.5, 1.25],
  weights: [[3, 4], [2]],
  start: { 'dense.weight': 0.5, 'dense_1.weight': 0.25 },
  variation: { mean: [0.5], deviation: [0.1], changed: 0.5, area: 0.2, least: 0, most: 1 },
  logits: [1, -2],
};

test('a program that does the same has no difference', () => {
  for (const fact of ['course', 'start', 'variation', 'beginning'] as const)
    expect(differences({ ...PREPARED, fact }, 'torch', DONE)).toEqual([]);
});

test.each<[name: string, done: Partial<Done>, difference: string]>([
  ['a step less', { rates: [0.1] }, '1 steps, not 2'],
  ['another rate', { rates: [0.1, 0.0501] }, 'rate 0.0501 at step 1, not 0.05'],
  ['a rate that is no number', { rates: [Number.NaN, 0.05] }, 'rate NaN at step 0, not 0.1'],
  ['an epoch more', { validation: [1.5, 1.25, 1] }, '3 epochs validated, not 2'],
  ['another loss', { validation: [1.5, 1.251] }, 'validation loss 1.251 in epoch 2, not 1.25'],
  ['other weights', { weights: [[3, 4.05], [2]] }, 'weights apart by 0.01 of their way'],
  ['weights that are no numbers', { weights: [[3, Number.NaN], [2]] }, 'weights apart by NaN of their way'],
])('%s is one', (_name, done, difference) => {
  expect(differences(PREPARED, 'keras', { ...DONE, ...done })).toEqual([difference]);
});

test('weights that are not trained are left aside: PyTorch keeps another running variance', () => {
  expect(differences(PREPARED, 'torch', { ...DONE, weights: [[3, 4], [9]] })).toEqual([]);
});

test('initial weights that spread otherwise are one for each kernel', () => {
  const start = { 'dense.weight': 2.5, 'dense_1.weight': 0.25 };
  expect(differences({ ...PREPARED, fact: 'start' }, 'torch', { ...DONE, start })).toEqual([
    'dense 0 starts 5 times as far',
  ]);
});

test('other answers before the first step are one, and so are none', () => {
  const prepared = { ...PREPARED, fact: 'beginning' } as const;
  expect(differences(prepared, 'keras', { ...DONE, logits: [1, -2.001] })).toEqual([
    'logit -2.001 before the first step, not -2',
  ]);
  expect(differences(prepared, 'keras', { ...DONE, logits: null })).toEqual(['0 logits, not 2']);
});

test('images that are varied otherwise are one by what is measured', () => {
  const variation = { ...PREPARED.variation, changed: 0.25, mean: [0.6] };
  expect(differences({ ...PREPARED, fact: 'variation' }, 'torch', { ...DONE, variation })).toEqual([
    'changed 0.25, not 0.5',
    'mean of pixel 0 apart by 0.1',
  ]);
  expect(differences({ ...PREPARED, fact: 'variation' }, 'torch', { ...DONE, variation: null })).toEqual([
    'not varied',
  ]);
});
