import { afterEach, expect, test, vi } from 'vitest';
import { graphOf, SMALL_RESIDUAL } from '../support/networks.ts';
import { CALM, RECIPE, startEngine } from '../support/training.ts';

const RECIPE_HERE = { ...RECIPE, trainingImages: 100, clipNorm: 1 };

afterEach(() => {
  vi.restoreAllMocks();
});

/** Time in which each call of a kernel takes a second, and that calls `then` at the given look at the clock. */
function slowClock(look: number, then: () => void): void {
  let looks = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    looks += 1;
    if (looks === look) then();
    return looks * 1000;
  });
}

test('a long step that is aborted between two kernels changes nothing, and is taken again as if nothing had been', async () => {
  const engine = await startEngine('wasm');
  const graph = graphOf(...SMALL_RESIDUAL);
  const [whole, interrupted] = [
    await engine.createTrainer(graph, RECIPE_HERE),
    await engine.createTrainer(graph, RECIPE_HERE),
  ];
  for (const trainer of [whole, interrupted]) await trainer.trainStep(CALM);
  const before = await interrupted.snapshot();
  // In the forward pass, in the backward pass, and with the last gradients.
  for (const look of [10, 40, 80]) {
    const abort = new AbortController();
    slowClock(look, () => abort.abort());
    await expect(interrupted.trainStep(abort.signal)).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    vi.restoreAllMocks();
    expect(await interrupted.snapshot()).toEqual(before);
  }
  for (const trainer of [whole, interrupted]) for (let i = 0; i < 2; i++) await trainer.trainStep(CALM);
  expect(await interrupted.snapshot()).toEqual(await whole.snapshot());
  expect(await interrupted.readMetrics()).toEqual(await whole.readMetrics());
  for (const trainer of [whole, interrupted]) trainer.dispose();
});

test('messages are handled while a long step goes on', async () => {
  const engine = await startEngine('wasm');
  const trainer = await engine.createTrainer(graphOf(...SMALL_RESIDUAL), RECIPE_HERE);
  const { port1, port2 } = new MessageChannel();
  const order: string[] = [];
  port1.onmessage = () => order.push('message');
  slowClock(10, () => port2.postMessage(null));
  await trainer.trainStep(CALM);
  order.push('step');
  expect(order).toEqual(['message', 'step']);
  port1.close();
  trainer.dispose();
});
