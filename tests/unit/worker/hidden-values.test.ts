import { expect, test } from 'vitest';
import { analyse } from '../../../src/core/network/graph.ts';
import { stack } from '../../../src/core/network/presets/stack.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { hiddenValues } from '../../../src/worker/hidden-values.ts';
import { ShippedNetwork } from '../../../src/worker/shipped.ts';
import { FakeEngine } from './fake-engine.ts';

const NO_FILE = () => Promise.resolve(new Response(null, { status: 404 }));

test('without a network there is nothing to map', async () => {
  const engine = new FakeEngine();
  const sources = { engine, shipped: new ShippedNetwork(engine, NO_FILE), session: () => null };
  const control = { signal: new AbortController().signal, onProgress: () => {} };
  expect(await hiddenValues(sources, { split: 'test', indices: Uint32Array.of(0) }, control)).toBeNull();
});

test('the shipped network answers for samples in pieces, and says how far it is', async () => {
  const { graph } = analyse(
    stack(['flatten'], ['dense', { units: 1 }], ['dense', { units: 10, activation: 'softmax' }]),
    FASHION_MNIST,
  );
  if (graph === null) throw new Error('The network fits together.');
  const engine = new FakeEngine();
  const predictor = await engine.createPredictor(graph, [Float32Array.of(5)]);
  const predict = async (pixels: Uint8Array) =>
    Float32Array.from({ length: (pixels.length / 784) * 10 }, (_, i) => (i % 10 === 3 ? 0.9 : 0.01));
  const loaded = {
    manifest: { steps: 7, testAccuracy: 0.9 },
    graph,
    weights: [],
    predictor: { ...predictor, predict },
  };
  const heard: number[] = [];
  const answer = await hiddenValues(
    { engine, shipped: { network: async () => loaded }, session: () => null },
    { split: 'test', indices: Uint32Array.from({ length: 250 }, (_, i) => i) },
    { signal: new AbortController().signal, onProgress: ({ done }) => void heard.push(done) },
  );
  expect(heard).toEqual([0, 100, 200]);
  expect(answer?.layer).toEqual({ position: 1, name: 'Dense 1', width: 1 });
  expect(answer?.by).toEqual({ run: 'shipped', step: 7, testAccuracy: 0.9 });
  expect(answer?.values).toEqual(new Float32Array(250).fill(5));
  expect(answer?.predicted).toEqual(new Uint8Array(250).fill(3));
});
