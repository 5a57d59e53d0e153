import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import {
  definitionOf,
  LAYER_KINDS,
  type LayerKind,
  type LayerSpec,
} from '../../../src/core/network/layers/registry.ts';
import { createLayer, withOptions } from '../../../src/core/network/network.ts';
import { LayerWeights } from '../../../src/engine/tape/layers/layer-weights.ts';
import { callLayer } from '../../../src/engine/tape/layers/registry.ts';
import byKeras from '../../fixtures/keras/layers.json' with { type: 'json' };
import byTorch from '../../fixtures/torch/attention.json' with { type: 'json' };
import { testOnBackends } from '../support/on-backends.ts';
import { expectClose } from '../support/values.ts';

type Case = (typeof byKeras | typeof byTorch)[number];

const recorded = [
  ...byKeras.map((recording) => ({ ...recording, by: 'Keras' })),
  ...byTorch.map((recording) => ({ ...recording, by: 'PyTorch' })),
];

function kindOf(name: string): LayerKind {
  const kind = LAYER_KINDS.find((known) => known === name);
  if (kind === undefined) throw new Error(`There is no layer of kind ${name}.`);
  return kind;
}

/** The layer's weights, named as core names them, with the recorded values. */
function weightsOf(spec: LayerSpec, { input, weights }: Case): LayerWeights {
  const wanted = definitionOf(spec.kind).weights(spec as never, input.shape.slice(1));
  expect(wanted.map(({ shape }) => shape)).toEqual(weights.map(({ shape }) => shape));
  return new LayerWeights(
    wanted.map((weight, i) => {
      const { values = [], shape = [] } = weights[i] ?? {};
      return { spec: weight, variable: tf.tidy(() => tf.variable(tf.tensor(values, shape))) };
    }),
  );
}

for (const recording of recorded) {
  testOnBackends(`${recording.name} gives what ${recording.by} gives, forward and backward`, async (device) => {
    const kind = kindOf(recording.kind);
    const spec = withOptions(createLayer(kind, 'layer'), recording.options);
    const weights = weightsOf(spec, recording);
    const variables = weights.all.map(({ variable }) => variable);
    const context = { training: true, seed: 1, step: 0 };
    const results = tf.tidy(() => {
      const x = tf.tensor(recording.input.values, recording.input.shape);
      const forward = (input: tf.Tensor) =>
        callLayer(kind, { spec: spec as never, inputs: [input], weights, position: 0, context });
      const output = forward(x);
      const dy = tf.tensor(recording.dy, output.shape);
      const byX = tf.grad((input) => tf.sum(tf.mul(forward(input), dy)))(x);
      const byWeights =
        variables.length === 0
          ? {}
          : tf.variableGrads(() => tf.sum(tf.mul(forward(x), dy)) as tf.Scalar, variables).grads;
      return [output, byX, ...variables.map(({ name }) => byWeights[name] as tf.Tensor)];
    });
    const [output, byX, ...byWeights] = results;
    expect(output?.shape).toEqual(recording.output.shape);
    expectClose(await device.read(output as tf.Tensor), recording.output.values);
    expectClose(await device.read(byX as tf.Tensor), recording.inputGradient);
    for (const [i, gradient] of byWeights.entries()) {
      expectClose(await device.read(gradient), recording.weightGradients[i] ?? []);
    }
    tf.dispose([results, variables]);
  });
}
