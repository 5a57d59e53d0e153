import { memory } from '@tensorflow/tfjs-core';
import { afterEach, expect, test, vi } from 'vitest';
import { openDevice } from '../../src/engine/device.ts';
import { onDevice } from './support/on-backends.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('without OffscreenCanvas the processor steps in, and the report says why', async () => {
  vi.stubGlobal('OffscreenCanvas', undefined);
  const { report } = await openDevice('auto');
  expect(report).toMatchObject({ backend: 'cpu', device: null });
  expect(report.fallback).toMatch(/^This browser gives the page no WebGL2, so training runs on the processor/);
});

test('without WebGL2 the processor steps in even where WebGL was asked for', async () => {
  vi.spyOn(OffscreenCanvas.prototype, 'getContext').mockReturnValue(null);
  const { report } = await openDevice('webgl');
  expect(report.backend).toBe('cpu');
  expect(report.fallback).toContain('no WebGL2');
});

test('a GPU that cannot write 32-bit numbers is not trained on', async () => {
  vi.spyOn(WebGL2RenderingContext.prototype, 'getExtension').mockReturnValue(null);
  const { report } = await openDevice('auto');
  expect(report.backend).toBe('cpu');
  expect(report.fallback).toContain('cannot write 32-bit numbers');
});

test('a GPU that multiplies wrongly is not trained on, and leaves no tensor', async () => {
  // Textures that are used again would still hold the right product.
  await onDevice('webgl', (device) => device.trim());
  const before = memory().numTensors;
  vi.spyOn(WebGL2RenderingContext.prototype, 'drawElements').mockImplementation(() => {});
  const { report } = await openDevice('auto');
  expect(report.backend).toBe('cpu');
  expect(report.fallback).toContain('got a test product wrong');
  expect(memory().numTensors).toBe(before);
});

test('the processor can be chosen', async () => {
  const { report } = await openDevice('cpu');
  expect(report).toEqual({
    backend: 'cpu',
    device: null,
    fallback: 'The processor was chosen to train on; the GPU would be many times faster.',
  });
});

test('WebGL opens where it works, under the name of its device', async () => {
  const { report } = await openDevice('auto');
  expect(report).toMatchObject({ backend: 'webgl', fallback: null });
  expect(report.device).not.toMatch(/ANGLE|\(|^$/);
});
