import { expect, test } from 'vitest';
import { graphOf, SMALL_DENSE } from './support/networks.ts';
import { curveOf, RECIPE, startEngine } from './support/training.ts';

interface Result {
  readonly losses: readonly number[];
  readonly accuracy: number;
  readonly frames: number;
  readonly memory: { readonly tensors: number; readonly bytes: number };
}

test('a worker trains on the GPU without animation frames, and takes the same steps as the page', async () => {
  const worker = new Worker(new URL('./support/frameless.worker.ts', import.meta.url), { type: 'module' });
  const result = await new Promise<Result>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  worker.terminate();
  expect(result.frames).toBe(0);
  expect(result.memory).toEqual({ tensors: 0, bytes: 0 });
  expect(result.accuracy).toBeGreaterThan(0.6);
  const engine = await startEngine('webgl');
  const { losses } = await curveOf(engine, graphOf(...SMALL_DENSE), RECIPE, 64);
  expect(result.losses).toEqual(losses);
});
