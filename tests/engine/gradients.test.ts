import { expect, test } from 'vitest';
import type { Backend } from '../../src/core/training/backend.ts';
import { batchGradients } from '../../src/worker/batch-gradients.ts';
import { graphOf, SMALL_DENSE } from './support/networks.ts';
import { CALM, RECIPE, startEngine } from './support/training.ts';

const graph = graphOf(...SMALL_DENSE);
const recipe = { ...RECIPE, trainingImages: 1000, batchSize: 32 };

/** How far the biases of the last layer are moved. */
const SHIFT = 0.01;

test.each<Backend>(['wasm', 'webgl'])(
  'on %s, gradients say how the loss of the batch changes with each bias, and training goes on as if nothing had been',
  async (backend) => {
    const engine = await startEngine(backend);
    const trainer = await engine.createTrainer(graph, recipe);
    await trainer.trainStep(CALM);
    await trainer.readMetrics();
    const snapshot = await trainer.snapshot();
    const gradients = await batchGradients(engine, { graph, recipe }, snapshot.weights);
    expect(gradients.map(({ length }) => length)).toEqual(snapshot.weights.map(({ length }) => length));

    const probe = await engine.createTrainer(graph, recipe);
    const lossWith = async (bias: number, shift: number) => {
      const weights = snapshot.weights.map((values) => values.slice());
      const last = weights.at(-1);
      if (last === undefined) throw new Error('The network has weights.');
      last[bias] = (last[bias] ?? 0) + shift;
      await probe.restore({ ...snapshot, step: 0, weights });
      await probe.trainStep(CALM);
      return (await probe.readMetrics()).losses[0] ?? Number.NaN;
    };
    for (const bias of [0, 4, 9]) {
      const slope = ((await lossWith(bias, SHIFT)) - (await lossWith(bias, -SHIFT))) / (2 * SHIFT);
      expect(gradients.at(-1)?.[bias]).toBeCloseTo(slope, 3);
      expect(Math.abs(slope)).toBeGreaterThan(0.002);
    }
    probe.dispose();

    expect((await trainer.snapshot()).weights).toEqual(snapshot.weights);
    await trainer.trainStep(CALM);
    expect((await trainer.readMetrics()).firstStep).toBe(1);
    trainer.dispose();
  },
);
