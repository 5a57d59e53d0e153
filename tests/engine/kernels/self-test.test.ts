import { expect, test } from 'vitest';
import { selfTest } from '../../../src/engine/webgl/self-test.ts';
import { openGpu } from './support.ts';

test('the self-test passes where the kernels work, and leaves nothing behind', () => {
  const gpu = openGpu();
  expect(selfTest(gpu)).toBe(true);
  expect([gpu.textures, gpu.bytes]).toEqual([0, 0]);
  gpu.dispose();
});

test.each([
  ['weights go wrong', 'w1 = wTexel', 'w1 = 1.01 * wTexel'],
  ['the texel beside is read', '+ 0.5', '+ 1.0'],
])('the self-test fails where %s', (_title, right, wrong) => {
  const gpu = openGpu();
  const { gl } = gpu;
  const compile = gl.shaderSource.bind(gl);
  gl.shaderSource = (shader, source) => compile(shader, source.replaceAll(right, wrong));
  expect(selfTest(gpu)).toBe(false);
  gpu.dispose();
});
