import { afterEach, expect, test, vi } from 'vitest';
import { openDevice } from '../../src/engine/device.ts';
import { EVERY_KIND, graphOf } from './support/networks.ts';
import { BACKENDS_HERE } from './support/on-backends.ts';
import { curveOf, RECIPE, startEngine } from './support/training.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test.skipIf(!BACKENDS_HERE.includes('webgpu'))(
  'WebGPU takes the same steps as WebAssembly, but for rounding',
  async () => {
    const graph = graphOf(...EVERY_KIND);
    const webgpu = await curveOf(await startEngine('webgpu'), graph, RECIPE, 6);
    const wasm = await curveOf(await startEngine('wasm'), graph, RECIPE, 6);
    expect(webgpu.accuracies).toEqual(wasm.accuracies);
    for (const [step, loss] of wasm.losses.entries()) expect(webgpu.losses[step]).toBeCloseTo(loss, 3);
  },
);

// The last: tfjs decides whether there is WebGPU when it is loaded, which is once.
test('without WebGPU the processor steps in, and the report says why', async () => {
  vi.spyOn(navigator, 'gpu', 'get').mockReturnValue(undefined as never);
  const { report } = await openDevice('webgpu');
  expect(report.backend).toBe('wasm');
  expect(report.fallback).toBe(
    'This browser does not offer WebGPU, so training runs on the processor, which is slower.',
  );
});
