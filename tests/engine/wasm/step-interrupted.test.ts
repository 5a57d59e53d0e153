import { afterEach, expect, test, vi } from 'vitest';
import { initialWeights } from '../../../src/engine/initial-weights.ts';
import { graphOf, SMALL_RESIDUAL } from '../support/networks.ts';
import { CALM, RECIPE, startEngine, UNWATCHED } from '../support/training.ts';

const RECIPE_HERE = { ...RECIPE, trainingImages: 100, clipNorm: 1 };

afterEach(() => {
  vi.restoreAllMocks();
});

/** Time in which each call of a kernel takes a second, and that calls `then` at the given look at the clock. Gives how often it was looked at. */
function slowClock(look: number, then: () => void): () => number {
  let looks = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    looks += 1;
    if (looks === look) then();
    return looks * 1000;
  });
  return () => looks;
}

test('a long step that is aborted between two parts of it changes nothing, and is taken again as if nothing had been', async () => {
  const engine = await startEngine('wasm');
  const graph = graphOf(...SMALL_RESIDUAL);
  const [whole, interrupted] = [
    await engine.createTrainer(graph, RECIPE_HERE),
    await engine.createTrainer(graph, RECIPE_HERE),
  ];
  const looks = slowClock(0, () => {});
  await whole.trainStep(CALM);
  const all = looks();
  // Now each of its kernels, too, is done in parts.
  await interrupted.trainStep(CALM);
  vi.restoreAllMocks();
  const before = await interrupted.snapshot();
  // In the forward pass, in the backward pass, and behind the last call before weights change; the last look but one is behind its last part.
  for (const look of [10, Math.floor(all / 2), all - 1]) {
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

test('judging a network can be aborted between two parts of a batch, and comes to the same afterwards', async () => {
  const engine = await startEngine('wasm');
  const trainer = await engine.createTrainer(graphOf(...SMALL_RESIDUAL), RECIPE_HERE);
  await trainer.trainStep(CALM);
  const before = await trainer.evaluate('validation', UNWATCHED);
  const abort = new AbortController();
  const counts: number[] = [];
  slowClock(30, () => abort.abort());
  const judging = trainer.evaluate('validation', { signal: abort.signal, onProgress: (done) => counts.push(done) });
  await expect(judging).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  vi.restoreAllMocks();
  expect(counts).toEqual([]);
  expect(await trainer.evaluate('validation', UNWATCHED)).toEqual(before);
  trainer.dispose();
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

test('a copy of many weights lets messages in, and is given up when aborted', async () => {
  const engine = await startEngine('wasm');
  // Of its 5.7 million weights 16 MiB are copied at once.
  const graph = graphOf(['flatten', {}], ['dense', { units: 7000 }], ['dense', { units: 10, activation: 'softmax' }]);
  const trainer = await engine.createTrainer(graph, RECIPE_HERE);
  const weights = initialWeights(graph, RECIPE_HERE.seed);
  // Compared without the runner's own means, which are slow on millions.
  const isOfWeights = (values: readonly Float32Array[]) =>
    weights.every((expected, i) => expected.every((value, place) => value === values[i]?.[place]));
  expect(isOfWeights((await trainer.snapshot()).weights)).toBe(true);
  const abort = new AbortController();
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => abort.abort();
  port2.postMessage(null);
  // In words: a copy that came about would be too long to be printed.
  const end = trainer.snapshot(abort.signal).then(
    () => 'made',
    (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
  );
  expect(await end).toBe('AbortError');
  expect(isOfWeights((await trainer.snapshot(CALM)).weights)).toBe(true);
  port1.close();
  trainer.dispose();
});
