import { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { backend } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { graphOf, SMALL_DENSE } from './support/networks.ts';
import { CALM, continueCurve, RECIPE, startEngine, UNWATCHED } from './support/training.ts';

test('a lost GPU ends whatever waits for it with an error that says so, and a new context trains again', async () => {
  const engine = await startEngine('webgl');
  const trainer = await engine.createTrainer(graphOf(...SMALL_DENSE), RECIPE);
  const { losses } = await continueCurve(trainer, 3);
  await trainer.trainStep(CALM);
  const reading = trainer.readMetrics();
  loseContext();
  await expect(reading).rejects.toMatchObject({
    name: 'GpuLostError',
    message: expect.stringContaining('Train again'),
  });
  await expect(trainer.trainStep(CALM)).rejects.toMatchObject({ name: 'GpuLostError' });
  await expect(trainer.evaluate('validation', UNWATCHED)).rejects.toMatchObject({ name: 'GpuLostError' });
  await expect(trainer.predict(new Uint8Array(784))).rejects.toMatchObject({ name: 'GpuLostError' });
  expect(trainer.step).toBe(4);
  trainer.dispose();

  expect(await engine.open('webgl')).toMatchObject({ backend: 'webgl' });
  const fresh = await engine.createTrainer(graphOf(...SMALL_DENSE), RECIPE);
  const again = await continueCurve(fresh, 3);
  fresh.dispose();
  expect(again.losses).toEqual(losses);
});

function loseContext(): void {
  const webgl = backend();
  if (!(webgl instanceof MathBackendWebGL)) throw new Error('This test needs WebGL.');
  webgl.gpgpu.gl.getExtension('WEBGL_lose_context')?.loseContext();
}
