import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import type { Graph } from '../../../src/core/network/graph.ts';
import { initialValues } from '../../../src/core/network/initial-values.ts';
import { streamKey } from '../../../src/core/random.ts';
import type { Device } from '../../../src/engine/device.ts';
import { lossGradients } from '../../../src/engine/tape/loss.ts';
import { Model } from '../../../src/engine/tape/model.ts';
import { NetworkWeights } from '../../../src/engine/tape/weights.ts';
import { graphOf, type Row } from '../support/networks.ts';
import { testOnBackends } from '../support/on-backends.ts';
import { expectClose, noise } from '../support/values.ts';

const SEED = 5;
const OUTPUT: Row = ['dense', { units: 10, activation: 'softmax' }];
const SMALLER: Row = ['averagePooling2d', { poolSize: 4, strides: 4 }];

interface Penalties {
  readonly l1: number;
  readonly l2: number;
}

/** A network whose first layer with a kernel is of one kind and has these penalties; and the kernels that they count. */
const KINDS: readonly (readonly [
  name: string,
  kernels: readonly string[],
  rows: (penalties: Penalties) => readonly Row[],
])[] = [
  ['dense', ['kernel'], (p) => [['flatten'], ['dense', { units: 6, ...p }], OUTPUT]],
  ['conv2d', ['kernel'], (p) => [SMALLER, ['conv2d', { filters: 3, ...p }], ['flatten'], OUTPUT]],
  [
    'depthwiseConv2d',
    ['depthwiseKernel'],
    (p) => [SMALLER, ['depthwiseConv2d', { depthMultiplier: 3, ...p }], ['flatten'], OUTPUT],
  ],
  [
    'separableConv2d',
    ['depthwiseKernel', 'pointwiseKernel'],
    (p) => [SMALLER, ['separableConv2d', { filters: 4, ...p }], ['flatten'], OUTPUT],
  ],
  ['simpleRnn', ['kernel'], (p) => [SMALLER, ['simpleRnn', { units: 4, ...p }], OUTPUT]],
  ['lstm', ['kernel', 'backwardKernel'], (p) => [SMALLER, ['lstm', { units: 3, bidirectional: true, ...p }], OUTPUT]],
  ['gru', ['kernel'], (p) => [SMALLER, ['gru', { units: 4, ...p }], OUTPUT]],
];

const STRENGTHS: readonly [Penalties, ...Penalties[]] = [
  { l1: 0.02, l2: 0.3 },
  { l1: 0.01, l2: 0 },
  { l1: 0, l2: 0.1 },
];

async function lossOf(device: Device, graph: Graph): Promise<number> {
  const model = new Model(graph, new NetworkWeights(graph, SEED));
  const loss = tf.tidy(() => {
    const images = tf.tensor4d(noise(4 * 784, 1), [4, 28, 28, 1]);
    const labels = tf.tensor1d([0, 3, 6, 9], 'int32');
    return lossGradients(model, { samples: images, labels }, { training: true, seed: SEED, step: 0 }).loss;
  });
  const [value = Number.NaN] = await device.read(loss);
  loss.dispose();
  model.weights.dispose();
  return value;
}

/** `l1 * sum(|w|) + l2 * sum(w^2)` over the kernels of these names in the first layer that has them, in double precision. */
function penaltyOf(graph: Graph, kernels: readonly string[], { l1, l2 }: Penalties): number {
  const layer = graph.nodes.findIndex(({ weights }) => weights.length > 0);
  const values = (graph.nodes[layer]?.weights ?? []).flatMap(({ name, initializer, shape }, index) =>
    kernels.includes(name) ? [...initialValues(initializer, shape, streamKey(SEED, 'weights', layer, index))] : [],
  );
  expect(values.length).toBeGreaterThan(0);
  return values.reduce((sum, w) => sum + l1 * Math.abs(w) + l2 * w * w, 0);
}

for (const [name, kernels, rows] of KINDS) {
  testOnBackends(
    `the penalties of ${name} add to the loss what its kernels come to, and nothing else`,
    async (device) => {
      const plain = await lossOf(device, graphOf(...rows({ l1: 0, l2: 0 })));
      // Each network compiles its shaders anew on WebGL.
      for (const penalties of device.report.backend === 'webgl' ? [STRENGTHS[0]] : STRENGTHS) {
        const graph = graphOf(...rows(penalties));
        expectClose([(await lossOf(device, graph)) - plain], [penaltyOf(graph, kernels, penalties)], 5e-6);
      }
    },
  );
}
