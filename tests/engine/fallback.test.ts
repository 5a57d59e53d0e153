import { memory } from '@tensorflow/tfjs-core';
import { afterEach, expect, test, vi } from 'vitest';
import { openDevice } from '../../src/engine/device.ts';
import { onDevice } from './support/on-backends.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('without OffscreenCanvas WebAssembly steps in, and the report says why', async () => {
  vi.stubGlobal('OffscreenCanvas', undefined);
  const { report } = await openDevice('auto');
  expect(report.backend).toBe('wasm');
  expect(report.fallback).toMatch(/^This browser does not offer WebGL2, so training runs on the processor/);
});

test('without WebGL2 WebAssembly steps in even where WebGL was asked for', async () => {
  vi.spyOn(OffscreenCanvas.prototype, 'getContext').mockReturnValue(null);
  const { report } = await openDevice('webgl');
  expect(report.backend).toBe('wasm');
  expect(report.fallback).toContain('does not offer WebGL2');
});

test('a GPU that cannot write 32-bit numbers is not trained on', async () => {
  vi.spyOn(WebGL2RenderingContext.prototype, 'getExtension').mockReturnValue(null);
  const { report } = await openDevice('webgl');
  expect(report.backend).toBe('wasm');
  expect(report.fallback).toContain('cannot write 32-bit numbers');
});

test('a GPU that multiplies wrongly is not trained on, and leaves no tensor', async () => {
  // Textures that are used again would still hold the right product.
  await onDevice('webgl', (device) => device.trim());
  const before = memory().numTensors;
  vi.spyOn(WebGL2RenderingContext.prototype, 'drawElements').mockImplementation(() => {});
  const { report } = await openDevice('webgl');
  expect(report.backend).toBe('wasm');
  expect(report.fallback).toContain('got a test product wrong');
  expect(memory().numTensors).toBe(before);
});

test('a browser without WebAssembly vectors trains by JavaScript, and the report says why', async () => {
  vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
  const { report } = await openDevice('wasm');
  expect(report).toMatchObject({ backend: 'cpu', device: null });
  expect(report.fallback).toMatch(
    /^This browser has no WebAssembly with vectors, so training runs in plain JavaScript, many times slower\.$/,
  );
});

test('WebAssembly can be chosen, and names its threads', async () => {
  const { report } = await openDevice('wasm');
  expect(report).toEqual({ backend: 'wasm', device: expect.stringMatching(/^\d+ threads?$/), fallback: null });
});

test('the processor by JavaScript can be chosen', async () => {
  const { report } = await openDevice('cpu');
  expect(report).toEqual({ backend: 'cpu', device: null, fallback: null });
});

test('WebGL opens where it works, under the name of its device', async () => {
  const { report } = await openDevice('webgl');
  expect(report).toMatchObject({ backend: 'webgl', fallback: null });
  expect(report.device).not.toMatch(/ANGLE|\(|^$/);
});

test.each([
  ['ANGLE (Mesa, llvmpipe (LLVM 15.0.6 256 bits), OpenGL 4.5)', 'wasm'],
  ['ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)', 'wasm'],
  ['ANGLE (Apple, ANGLE Metal Renderer: Apple M2, Unspecified Version)', 'webgl'],
])('left to itself, the engine takes of %s the faster: %s', async (renderer, backend) => {
  const { getParameter } = WebGL2RenderingContext.prototype;
  vi.spyOn(WebGL2RenderingContext.prototype, 'getParameter').mockImplementation(function (
    this: WebGL2RenderingContext,
    name,
  ) {
    // UNMASKED_RENDERER_WEBGL
    return name === 0x9246 ? renderer : getParameter.call(this, name);
  });
  const { report } = await openDevice('auto');
  expect(report.backend).toBe(backend);
});
