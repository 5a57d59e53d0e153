import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { expect } from 'vitest';
import { analyse, type Graph } from '../../../src/core/network/graph.ts';
import { sizeOf } from '../../../src/core/network/shape.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { callLayer } from '../../../src/engine/tape/layers/registry.ts';
import { NetworkWeights } from '../../../src/engine/tape/weights.ts';
import { VALID_NETWORK } from '../../fixtures/specs/arbitrary.ts';
import { testOnBackends } from '../support/on-backends.ts';

const BATCH = 2;

/** The shape of what each layer really gives, without the batch axis. */
function shapesOf(graph: Graph, weights: NetworkWeights): readonly (readonly number[])[] {
  return tf.tidy(() => {
    const images = tf.zeros([BATCH, 28, 28, 1]);
    const outputs: tf.Tensor[] = [];
    graph.nodes.forEach(({ spec, inputs }, position) => {
      const [first = images, ...rest] = inputs.map((input) => outputs[input] ?? images);
      const context = { training: false, seed: 1, step: 0 };
      const own = weights.of(position);
      outputs.push(callLayer(spec.kind, { spec, inputs: [first, ...rest], weights: own, position, context }));
    });
    return outputs.map((output) => output.shape.slice(1));
  });
}

testOnBackends('any valid network builds with exactly the shapes and counts that core computed', ({ report }) => {
  fc.assert(
    fc.property(VALID_NETWORK, (network) => {
      const { graph, totals } = analyse(network, FASHION_MNIST);
      if (graph === null) throw new Error('The network was meant to be valid.');
      const weights = new NetworkWeights(graph, 3);
      expect(shapesOf(graph, weights)).toEqual(graph.nodes.map(({ output }) => output));
      const held = (trainable: boolean) =>
        weights.all
          .filter(({ spec }) => spec.trainable === trainable)
          .reduce((sum, w) => sum + sizeOf(w.variable.shape), 0);
      expect([held(true), held(false)]).toEqual([totals.trainable, totals.nonTrainable]);
      weights.dispose();
    }),
    // Every new shape is a new shader on WebGL.
    { numRuns: report.backend === 'webgl' ? 5 : 60, seed: 2018 },
  );
});
