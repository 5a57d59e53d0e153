import { expect, test, vi } from 'vitest';
import { compareCase } from '../../../scripts/parity/compare.mjs';

const ABOUT = {
  id: 'vgg',
  title: 'VGG',
  limit: 'besideTorch',
  isSmall: false,
  seeds: [1, 2, 3],
  spans: [2, 4],
} as const;

const course = (losses: number[], answered = 0) => ({ losses, answered });

/** PyTorch in float64 has losses of 0; in float32 they are `early` in the first two steps and `late` in the others. */
const torchOf = (early: number, late: number) => ({
  float64: course([0, 0, 0, 0]),
  float32: course([early, early, late, late]),
  version: '2',
  digest: '',
});

const TORCH = [torchOf(1, 10), torchOf(2, 20), torchOf(3, 30)];

const result = (losses: readonly number[], answered: number | null = null) => ({
  losses,
  isRecorded: true,
  answered,
  device: 'cpu',
  seconds: 1,
});

test('each span is compared with PyTorch from the same seeds in as many steps', async () => {
  const train = async (_: string, seed: number) => result([0, seed, 5 * seed, 0]);
  const { rows } = await compareCase(ABOUT, { engines: ['wasm'], renderer: 'llvmpipe', train, torch: TORCH });
  expect(rows).toMatchObject([
    { steps: 2, torch: [1, 2, 3], outcomes: { wasm: { steps: 2, distances: [1, 2, 3], torch: [1, 2, 3] } } },
    { steps: 4, torch: [10, 20, 30], outcomes: { wasm: { steps: 4, distances: [5, 10, 15], torch: [10, 20, 30] } } },
  ]);
});

test('who is slow without a GPU trains the first span only, and stands in no other row', async () => {
  const train = vi.fn(async (_engine: string, _seed: number, steps: number) => result(Array<number>(steps).fill(7)));
  const options = { engines: ['webgpu'] as const, train, torch: TORCH };
  const { rows } = await compareCase(ABOUT, { ...options, renderer: 'llvmpipe' });
  expect(train.mock.calls).toEqual([1, 2, 3].map((seed) => ['webgpu', seed, 2]));
  expect(rows.map(({ outcomes }) => Object.keys(outcomes))).toEqual([['webgpu'], []]);
  await compareCase(ABOUT, { ...options, renderer: 'gpu' });
  expect(train.mock.calls.at(-1)).toEqual(['webgpu', 3, 4]);
});

test('an answer after the last step counts in the whole span alone', async () => {
  const train = async () => result([0, 0, 0, 0], 100);
  const { rows } = await compareCase(ABOUT, { engines: ['wasm'], renderer: 'llvmpipe', train, torch: TORCH });
  expect(rows.map(({ outcomes }) => outcomes['wasm'])).toMatchObject([
    { distances: [0, 0, 0] },
    { distances: [100, 100, 100] },
  ]);
});

test('an engine that fails is told so, and the others go on; one without kernels is left out', async () => {
  const train = async (engine: string) => {
    if (engine === 'webgl') throw new Error('The GPU is lost.\n  at once');
    return result(engine === 'webgpu' ? [] : [0, 0, 0, 0]);
  };
  const engines = ['webgl', 'webgpu', 'wasm', 'cpu'] as const;
  const { rows } = await compareCase(ABOUT, { engines, renderer: 'llvmpipe', train, torch: TORCH });
  expect(Object.keys(rows[0]?.outcomes ?? {})).toEqual(['webgl', 'wasm']);
  expect(rows[0]?.outcomes['webgl']).toEqual({ error: 'The GPU is lost.' });
});

test('an engine that has not trained every seed is left out', async () => {
  const train = async (engine: string, seed: number) =>
    engine === 'webgl' && seed === 3 ? null : result([0, 0, 0, 0]);
  const engines = ['webgl', 'wasm'] as const;
  const { rows } = await compareCase(ABOUT, { engines, renderer: 'llvmpipe', train, torch: TORCH });
  expect(Object.keys(rows[0]?.outcomes ?? {})).toEqual(['wasm']);
});
