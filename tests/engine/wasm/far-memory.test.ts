import { expect, test } from 'vitest';
import type { Engine, Trainer } from '../../../src/engine/engine.ts';
import { wasmBackend } from '../../../src/engine/wasm/tensors.ts';
import { EVERY_KIND, graphOf, type Row, SMALL_RESIDUAL } from '../support/networks.ts';
import { CALM, RECIPE, startEngine, UNWATCHED } from '../support/training.ts';

const GIB = 2 ** 30;

const NETWORKS: readonly (readonly [name: string, rows: readonly Row[]])[] = [
  ['every kind of layer once', EVERY_KIND],
  ['a residual block', SMALL_RESIDUAL],
  [
    'a convolution and its pooling in one',
    [['conv2d', { filters: 8 }], ['maxPooling2d'], ['flatten'], ['dense', { units: 10, activation: 'softmax' }]],
  ],
];

/** What two steps and the tape's evaluation come to. */
async function resultOf(engine: Engine, rows: readonly Row[]) {
  const trainer: Trainer = await engine.createTrainer(graphOf(...rows), {
    ...RECIPE,
    trainingImages: 100,
    batchSize: 21,
  });
  for (let i = 0; i < 2; i++) await trainer.trainStep(CALM);
  const metrics = await trainer.readMetrics();
  const { weights } = await trainer.snapshot();
  const { loss } = await trainer.evaluate('validation', UNWATCHED);
  trainer.dispose();
  return { metrics, weights, loss };
}

test('beyond 2 GiB, where addresses are no positive whole numbers any more, training gives the same bits', async () => {
  const engine = await startEngine('wasm');
  const near = [];
  for (const [, rows] of NETWORKS) near.push(await resultOf(engine, rows));
  const { heap, memory } = wasmBackend().processor;
  // All that is free below, so that nothing new lies there: the system gives no memory to what is never written.
  const blocks = [heap.allocate(2.5 * GIB)];
  for (let bytes = GIB / 64; bytes >= 64; bytes /= 2) {
    for (;;) {
      const block = heap.allocate(bytes);
      blocks.push(block);
      if (block > 2 * GIB) break;
    }
  }
  expect(memory.buffer.byteLength).toBeGreaterThan(2 * GIB);
  for (const [i, [name, rows]] of NETWORKS.entries()) expect(await resultOf(engine, rows), name).toEqual(near[i]);
  for (const block of blocks) heap.free(block);
});
