import { expect, test } from 'vitest';
import { networkKind, raceText, winnerOf } from '../../../../src/core/training/race.ts';
import { ciutacuCnn } from '../../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { malcaSitalkilBase } from '../../../../src/datasets/fashion-mnist/presets/malca-sitalkil.ts';

const times = [
  { backend: 'webgl', first: 6, step: 0.002 },
  { backend: 'webgpu', first: 1, step: 0.004 },
  { backend: 'wasm', first: 0.1, step: 0.12 },
] as const;

test('compiling counts: a short run is done first where little is compiled, a long one where a step is quickest', () => {
  expect(winnerOf(times, 10, 'webgl')).toBe('webgpu');
  expect(winnerOf(times, 5, 'wasm')).toBe('wasm');
  expect(winnerOf(times, 10_000, 'wasm')).toBe('webgl');
});

test('another backend has to be faster by the second that it takes to open it', () => {
  const near = [
    { backend: 'webgl', first: 1, step: 0.01 },
    { backend: 'wasm', first: 0.5, step: 0.01 },
  ] as const;
  expect(winnerOf(near, 100, 'webgl')).toBe('webgl');
  expect(winnerOf(near, 100, 'webgpu')).toBe('wasm');
  expect(winnerOf([], 100, 'webgl')).toBeUndefined();
});

test('times are told with the fastest step first', () => {
  expect(raceText(times)).toBe('WebGL 2.0 ms a step, WebGPU 4.0, WebAssembly 120');
});

test('networks are of one kind where the same layers have weights and a step computes about as much', () => {
  const kind = networkKind(ciutacuCnn);
  expect(kind).toBe('conv2d+dense 1e8');
  expect(networkKind({ ...ciutacuCnn, recipe: { ...ciutacuCnn.recipe, epochs: 1, learningRate: 0.1 } })).toBe(kind);
  expect(networkKind({ ...ciutacuCnn, recipe: { ...ciutacuCnn.recipe, batchSize: 512 } })).not.toBe(kind);
  expect(networkKind(malcaSitalkilBase)).toMatch(/^dense 1e\d$/);
  expect(networkKind({ ...ciutacuCnn, network: { layers: [] } })).toBeNull();
});
