import { test } from 'vitest';
import { OPTIMIZERS } from '../../../src/core/training/optimizers/registry.ts';
import { graphOf, type Row } from '../support/networks.ts';
import { expectSameSteps, type Moves, SGD, sharedGpu } from '../support/webgl-runs.ts';

const gpu = sharedGpu();

const MUON = OPTIMIZERS.muon.defaults;
const OUTPUT: Row = ['dense', { units: 10, activation: 'softmax' }];

/** Tall matrices and wide ones, rows that fill no four, a penalty, and what Adam moves. */
const ROWS: readonly Row[] = [
  ['averagePooling2d', { poolSize: 4 }],
  ['conv2d', { filters: 6, kernelSize: 2, activation: 'tanh', useBias: false }],
  ['batchNormalization'],
  ['conv2d', { filters: 70, kernelSize: 3, strides: 3, activation: 'tanh', l2: 0.01 }],
  ['flatten'],
  ['dense', { units: 9, activation: 'tanh', l1: 0.001 }],
  ['dense', { units: 7, activation: 'tanh', useBias: false }],
  OUTPUT,
];

test.each<readonly [string, Partial<Moves>]>([
  ['with Nesterov', {}],
  ['without', { optimizer: { ...MUON, nesterov: false } }],
  ['along clipped gradients', { clipNorm: 0.01 }],
])('matrices move by Muon as on the tape, %s', (_title, change) => {
  const moves = { ...SGD, optimizer: MUON, learningRate: 0.003, ...change };
  expectSameSteps(gpu(), graphOf(...ROWS), moves, 8, { steps: 1 });
  // Small singular values become large ones, and with them what is rounded.
  expectSameSteps(gpu(), graphOf(...ROWS), moves, 13, { tolerance: 1e-3 });
});
