import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-cpu';
import { expect } from 'vitest';
import type { Window } from '../../../src/core/network/layers/window.ts';
import { uniformAt } from '../../../src/core/random.ts';
import { type Sliding, slideOver, wholeImage } from '../../../src/engine/step/images.ts';
import { Gpu } from '../../../src/engine/webgl/gpu.ts';
import { type Kernel, passOf } from '../../../src/engine/webgl/kernel.ts';
import type { PoolShape } from '../../../src/engine/webgl/kernels/max-pool.ts';
import { extentOf, fromTexels, type ImageLayout, layoutOf, toTexels } from '../../../src/engine/webgl/layout.ts';
import type { Texture } from '../../../src/engine/webgl/texture.ts';

/** A gpu of its own, on a canvas of its own. `largest`: no texture is wider or taller. */
export function openGpu(largest?: number): Gpu {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (gl === null) throw new Error('There is no WebGL2 here.');
  return new Gpu(gl, largest);
}

/** Values in [-1, 1), the same each time for a salt. */
export function noise(length: number, salt: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length }, (_, i) => 2 * uniformAt([salt, 1, 2], i) - 1);
}

/** The number of values of an image layout. */
export function count({ batch, height, width, channels }: ImageLayout): number {
  return batch * height * width * channels;
}

/** Runs one kernel and reads all layers of its outputs, one after another. */
export function runKernel(
  gpu: Gpu,
  kernel: Kernel,
  inputs: Record<string, Texture>,
  outputs: readonly { width: number; height: number; layers: number }[],
  uniforms: Parameters<Gpu['run']>[1] = {},
): Float32Array[] {
  const textures = outputs.map((extent) => gpu.texture(extent));
  const pass = passOf(kernel, inputs, textures);
  gpu.run(pass, uniforms);
  const values = textures.map((texture) => readAll(gpu, texture));
  gpu.release(pass);
  for (const texture of textures) gpu.free(texture);
  return values;
}

/** All layers of a texture, one after another. */
export function readAll(gpu: Gpu, texture: Texture): Float32Array {
  const plane = texture.width * texture.height * 4;
  const all = new Float32Array(plane * texture.layers);
  for (let layer = 0; layer < texture.layers; layer++) all.set(gpu.read(texture, { layer }), layer * plane);
  return all;
}

/** A texture with values [batch, height, width, channels]. */
export function uploadImage(gpu: Gpu, layout: ImageLayout, values: ArrayLike<number>): Texture {
  return gpu.upload(extentOf(layout), toTexels(layout, values));
}

/** The values of an image texture, and a check that all its padding is exactly 0. */
export function imageValues(layout: ImageLayout, texels: Float32Array): Float32Array {
  const values = fromTexels(layout, texels);
  expect(texels.filter((v) => v !== 0).length).toBe(values.filter((v) => v !== 0).length);
  return values;
}

/**
 * Whether two arrays agree to a share of the largest expected magnitude, a float's rounding over a long sum; what is
 * smaller than `floor` throughout is taken for rounding.
 */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance = 2e-6,
  floor = 1e-6,
): void {
  expect(actual.length).toBe(expected.length);
  const want = Array.from(expected);
  const scale = Math.max(floor, ...want.map(Math.abs));
  const worst = want.reduce((most, value, i) => Math.max(most, Math.abs(value - (actual[i] ?? Number.NaN))), 0);
  expect(worst / scale).toBeLessThan(tolerance);
}

/** The pooling of images by a window. */
export function poolShape(input: ImageLayout, window: Window): PoolShape {
  return poolOf(input, slideOver(input, window, input.channels));
}

/** One window over the whole image. */
export function globalPoolShape(input: ImageLayout): PoolShape {
  return poolOf(input, wholeImage(input));
}

function poolOf(input: ImageLayout, { output, window, padTop, padLeft }: Sliding): PoolShape {
  const shape = [output.height, output.width, output.channels];
  return { input, output: layoutOf(output.batch, shape), window, padTop, padLeft };
}

/** The usual pooling, which halves an image. */
export const PLAIN: Window = { size: 2, strides: 2, padding: 'valid', dilation: 1 };
/** Images and windows of all sorts: odd edges, padding, windows that overlap or leave gaps. `ways`: of the layout. */
export const POOLINGS = [
  { batch: 2, shape: [26, 26, 8], window: PLAIN, ways: 7 },
  { batch: 1, shape: [7, 7, 5], window: PLAIN, ways: 7 },
  { batch: 2, shape: [9, 9, 4], window: { ...PLAIN, padding: 'same' as const }, ways: 3 },
  { batch: 2, shape: [8, 10, 6], window: { ...PLAIN, size: 3 }, ways: 4 },
  { batch: 1, shape: [7, 7, 4], window: { ...PLAIN, size: 3, strides: 1, padding: 'same' as const }, ways: 1 },
  { batch: 1, shape: [9, 9, 4], window: { ...PLAIN, size: 2, strides: 3 }, ways: 5 },
];

export { tf };
