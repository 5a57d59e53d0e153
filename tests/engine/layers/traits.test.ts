import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { definitionOf, LAYER_KINDS, type LayerKind } from '../../../src/core/network/layers/registry.ts';
import { createLayer, withOptions } from '../../../src/core/network/network.ts';
import { LayerWeights } from '../../../src/engine/tape/layers/layer-weights.ts';
import { callLayer } from '../../../src/engine/tape/layers/registry.ts';
import { onDevice } from '../support/on-backends.ts';
import { noise } from '../support/values.ts';

const BATCH = 8;
const IMAGE = [4, 4, 3];
/** The same values for kinds that take no image. */
const SEQUENCE = [16, 3];

/** Options with which every kind takes an image of 4×4×3 and applies no activation function. */
const OPTIONS = {
  activation: 'linear',
  targetShape: [16, 3],
  rate: 0.5,
  units: 5,
  filters: 5,
  kernelSize: 2,
  epsilon: 1e-7,
  patchSize: 2,
  dropout: 0,
};

/** The outputs of a layer of this kind, with weights of noise, for several batches of images. */
async function outputsOf(kind: LayerKind, batches: readonly Float32Array[], training = false) {
  const spec = withOptions(createLayer(kind, 'layer'), OPTIONS);
  const shape = 'shape' in definitionOf(kind).infer(spec, IMAGE) ? IMAGE : SEQUENCE;
  const outputs: Float32Array[] = [];
  await onDevice('cpu', async (device) => {
    const variables = definitionOf(kind)
      .weights(spec, shape)
      .map((weight, i) => ({ spec: weight, variable: tf.tidy(() => tf.variable(valuesOf(weight, i))) }));
    const weights = new LayerWeights(variables);
    const context = { training, seed: 1, step: 0 };
    for (const values of batches) {
      const output = tf.tidy(() => {
        const image = (numbers: Float32Array) => tf.tensor(numbers, [BATCH, ...shape]);
        const inputs = [image(values), image(noise(values.length, 99))] as const;
        return callLayer(kind, { spec: spec as never, inputs, weights, position: 0, context });
      });
      outputs.push((await device.read(output)).slice());
      output.dispose();
    }
    tf.dispose(variables.map(({ variable }) => variable));
  });
  return outputs;
}

function valuesOf({ name, shape }: { readonly name: string; readonly shape: readonly number[] }, seed: number) {
  const size = shape.reduce((product, extent) => product * extent, 1);
  const values = noise(size, seed);
  return tf.tensor(name === 'movingVariance' ? values.map((value) => 1 + value ** 2) : values, [...shape]);
}

function furthest(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((value, i) => Math.abs(value - (b[i] ?? Number.NaN))));
}

const X = noise(BATCH * 48, 7);
const Y = noise(BATCH * 48, 8);

test.each(LAYER_KINDS)('%s computes what its traits say', async (kind) => {
  const { keepsValues, linear, drops, normalizes } = definitionOf(kind).traits;
  const sum = X.map((value, i) => value + (Y[i] ?? 0));
  const [x = [], y = [], both = [], zero = []] = (await outputsOf(kind, [X, Y, sum, X.map(() => 0)])).map((values) => [
    ...values,
  ]);
  expect(x.length === X.length && furthest(x, [...X]) === 0).toBe(keepsValues);
  const straight = x.map((value, i) => value + (y[i] ?? 0) - (zero[i] ?? 0));
  expect(furthest(both, straight) < 1e-4).toBe(linear);
  const scaled = X.map((value) => 10 * value + 5);
  const [plain, larger] = await outputsOf(kind, [X, scaled], true);
  const same = furthest([...(plain ?? [])], [...(larger ?? [])]) < 0.1;
  expect(same).toBe(normalizes !== 'nothing');
  const [trained = new Float32Array()] = await outputsOf(kind, [X], true);
  expect(trained.includes(0)).toBe(drops);
});
