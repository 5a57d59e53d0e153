import { expect, test } from 'vitest';
import { selfTest } from '../../../src/engine/webgl/self-test.ts';
import { openGpu } from './support.ts';

test('the self-test passes where the kernels work, and leaves nothing behind', () => {
  const gpu = openGpu();
  expect(selfTest(gpu)).toBe(true);
  expect([gpu.textures, gpu.bytes]).toEqual([0, 0]);
  gpu.dispose();
});

test('the self-test fails where fetches go wrong', () => {
  const gpu = openGpu();
  const { gl } = gpu;
  const compile = gl.shaderSource.bind(gl);
  gl.shaderSource = (shader, source) => compile(shader, source.replaceAll('w1 = texelFetch', 'w1 = 1.01 * texelFetch'));
  expect(selfTest(gpu)).toBe(false);
  gpu.dispose();
});
