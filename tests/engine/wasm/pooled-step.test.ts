import { expect, test } from 'vitest';
import { graphOf, type Row } from '../support/networks.ts';
import { tapeTrainer } from '../support/tape-trainer.ts';
import { DATA_URL, RECIPE, startEngine, stepResults } from '../support/training.ts';
import { expectClose } from '../support/values.ts';

const STEPS = 3;
const SMALL = { ...RECIPE, trainingImages: 64, batchSize: 21 };
const OUTPUT: Row = ['dense', { units: 10, activation: 'softmax' }];

/** Networks of which the step does a convolution and its pooling in one, and adds their gradient up in another order than the tape. */
const POOLED: readonly (readonly [name: string, rows: readonly Row[]])[] = [
  ['a first convolution', [['conv2d', { filters: 16, activation: 'relu' }], ['maxPooling2d'], ['flatten'], OUTPUT]],
  [
    'without a bias, with a stride and padding',
    [
      ['conv2d', { filters: 8, kernelSize: 5, strides: 2, padding: 'same', activation: 'linear', useBias: false }],
      ['maxPooling2d'],
      ['conv2d', { filters: 16, padding: 'same', activation: 'relu' }],
      ['flatten'],
      OUTPUT,
    ],
  ],
  [
    'behind frozen ones',
    [
      ['conv2d', { filters: 3, strides: 2, frozen: true }],
      ['conv2d', { filters: 8, activation: 'relu', l2: 0.01 }],
      ['maxPooling2d'],
      ['dropout', { rate: 0.3 }],
      ['flatten'],
      OUTPUT,
    ],
  ],
];

test.each(POOLED)('a convolution and its max pooling in one do what the tape does: %s', async (_name, rows) => {
  const graph = graphOf(...rows);
  const engine = await startEngine('wasm');
  const recorded = await engine.createTrainer(graph, SMALL);
  const actual = await stepResults(recorded, STEPS);
  const expected = await stepResults(await tapeTrainer(graph, SMALL, DATA_URL, 'wasm'), STEPS);
  expect([...actual.keys()]).toEqual([...expected.keys()]);
  for (const [name, values] of actual) expectClose(values, expected.get(name) ?? [], 2e-6);
});
