import { expect, test } from 'vitest';

test('the browser offers WebGL2 with float render targets', () => {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  expect(gl?.getExtension('EXT_color_buffer_float')).not.toBeNull();
  expect(gl).not.toBeNull();
});
