import type { Window } from '../../../core/network/layers/window.ts';
import { decode, type Kernel, repeat } from '../kernel.ts';
import { extentOf, type ImageLayout } from '../layout.ts';
import { texelAt } from './pixel.ts';

/** Max pooling between two layouts; the output has one way, ready to be flattened. */
export interface PoolShape {
  readonly input: ImageLayout;
  readonly output: ImageLayout;
  readonly window: Window;
  readonly padTop: number;
  readonly padLeft: number;
}

/**
 * The largest value of each window, and which one it was: its position in the window, row by row. Of equal values it is
 * the first, as in TensorFlow and PyTorch on the CPU (the stock tfjs kernel takes the last).
 *
 * x: [batch, h, w, channels] -> o0: largest, o1: position, both [batch, h', w', channels]
 */
export function maxPool(shape: PoolShape): Kernel {
  const { input, output, window } = shape;
  const { width, height } = extentOf(output);
  const visit = (ky: number, kx: number) => `{
    int iy = y * ${window.strides} + ${ky - shape.padTop};
    int ix = xb * ${window.strides} + ${kx - shape.padLeft};
    if (iy >= 0 && iy < ${input.height} && ix >= 0 && ix < ${input.width}) {
      vec4 v = ${texelAt('x', input, 'ix', `n * ${input.height} + iy`)};
      bvec4 larger = bvec4(uvec4(greaterThan(v, best)) | uvec4(equal(where, vec4(-1.0))));
      best = mix(best, v, larger);
      where = mix(where, vec4(${ky * window.size + kx}.0), larger);
    }
  }`;
  const body = `
void main() {
  ${decode(output)}
  vec4 best = vec4(0.0);
  vec4 where = vec4(-1.0);
  ${repeat(window.size ** 2, (i) => visit(Math.floor(i / window.size), i % window.size))}
  o0 = best;
  o1 = where;
}`;
  return { name: 'max pool', body, inputs: { x: 'rgba32f' }, targets: 2, width, height };
}

/**
 * Passes each window's gradient to the pixel that was its largest.
 *
 * dy: gradient of the pooled image in layout `pooled`, at: positions [batch, h', w', channels]
 * -> [batch, h, w, channels] in the layout of the input
 */
export function maxPoolGradient(shape: PoolShape, pooled: ImageLayout): Kernel {
  const { input } = shape;
  const { width, height, layers } = extentOf(input);
  const body = `
void main() {
  ${decode(input)}
  ${repeat(layers, (r) => `vec4 a${r} = vec4(0.0);`)}
  ${repeat(layers, (r) => windowsOf(shape, pooled, r))}
  ${repeat(layers, (r) => `o${r} = a${r};`)}
}`;
  return {
    name: 'max pool gradient',
    body,
    inputs: { dy: 'rgba32f', at: 'rgba32f' },
    targets: layers,
    width,
    height,
  };
}

/** GLSL: adds up the gradients that the windows over pixel r of the block pass to it. */
function windowsOf({ input, output, window, padTop, padLeft }: PoolShape, pooled: ImageLayout, r: number): string {
  const { size, strides } = window;
  // Along an axis a pixel lies under at most this many windows.
  const most = Math.ceil(size / strides);
  const visit = (dy: number, dx: number) => `{
      int oy = ty / ${strides} - ${dy};
      int ox = tx / ${strides} - ${dx};
      int ky = ty - oy * ${strides};
      int kx = tx - ox * ${strides};
      if (oy >= 0 && oy < ${output.height} && ox >= 0 && ox < ${output.width} && ky < ${size} && kx < ${size}) {
        vec4 chosen = vec4(equal(${texelAt('at', output, 'ox', `n * ${output.height} + oy`)}, vec4(float(ky * ${size} + kx))));
        a${r} += chosen * ${texelAt('dy', pooled, 'ox', `n * ${output.height} + oy`)};
      }
    }`;
  const first = (input.columns - 1) * input.ways + r;
  const inside = first < input.width ? '' : `if (xb * ${input.ways} + ${r} < ${input.width}) `;
  return `${inside}{
    int ty = y + ${padTop};
    int tx = xb * ${input.ways} + ${r + padLeft};
    ${repeat(most * most, (i) => visit(most - 1 - Math.floor(i / most), most - 1 - (i % most)), '\n    ')}
  }`;
}
