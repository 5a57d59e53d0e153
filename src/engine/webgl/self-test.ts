import type { Gpu } from './gpu.ts';
import { type Kernel, passOf } from './kernel.ts';
import { convForward } from './kernels/conv-forward.ts';
import { convShape, weightLayout, weightsToTexels } from './kernels/conv-shape.ts';
import { denseEpilogue, denseProduct, productExtent, productLayout } from './kernels/dense.ts';
import { filterGradient, filterPartial } from './kernels/filter-gradient.ts';
import { optimizerStep } from './kernels/optimizer.ts';
import { partialExtent } from './kernels/partial.ts';
import { extentOf, layoutOf, toTexels } from './layout.ts';
import type { Texture } from './texture.ts';

const SIZE = 6;
const CHANNELS = 8;
const TOLERANCE = 1e-4;

/**
 * Whether this GPU computes what the kernels rely on: several targets, layers of array textures, loops and partial sums,
 * on numbers whose results are known exactly, and that it finds each texel of large textures. About twenty milliseconds.
 */
export function selfTest(gpu: Gpu): boolean {
  const kept: Texture[] = [];
  const keep = (texture: Texture) => {
    kept.push(texture);
    return texture;
  };
  const right = [findsTexels, convolves, multiplies].every((check) => check(gpu, keep));
  for (const texture of kept) gpu.free(texture);
  return right;
}

type Keep = (texture: Texture) => Texture;

/** Whether a texel's first lane is as expected. */
function near(gpu: Gpu, texture: Texture, texel: number, expected: number, layer = 0): boolean {
  const value = gpu.read(texture, { layer })[texel * 4] ?? Number.NaN;
  return Math.abs(value - expected) <= TOLERANCE * Math.abs(expected);
}

/** Copies textures of the largest odd width and height, in which the middle of a texel is hardest to name. */
function findsTexels(gpu: Gpu, keep: Keep): boolean {
  const length = gpu.maxSize - 1;
  const values = Float32Array.from({ length: 4 * length }, (_, i) => i);
  const body = 'void main() { o0 = texelFetch(x, ivec3(frag, 0), 0); }';
  return [[length, 1] as const, [1, length] as const].every(([width, height]) => {
    const copy: Kernel = { name: 'copy', body, inputs: { x: 'rgba32f' }, targets: 1, width, height };
    const x = keep(gpu.upload({ width, height, layers: 1 }, values));
    const y = keep(gpu.texture({ width, height, layers: 1 }));
    runOnce(gpu, passOf(copy, { x }, [y]));
    return gpu.read(y).every((value, i) => value === i);
  });
}

/** Ones convolved with twos: 9 taps of 8 channels inside, 4 taps in a corner; and the gradients. */
function convolves(gpu: Gpu, keep: Keep): boolean {
  const input = layoutOf(2, [SIZE, SIZE, CHANNELS], 2);
  const window = { size: 3, strides: 1, padding: 'same', dilation: 1 } as const;
  const shape = convShape(input, CHANNELS, window, 4);
  const weights = weightLayout(9, CHANNELS, CHANNELS, true);
  const all = (length: number, value: number) => new Float32Array(length).fill(value);
  const x = keep(gpu.upload(extentOf(input), toTexels(input, all(2 * SIZE * SIZE * CHANNELS, 1))));
  const extent = { width: weights.columns, height: weights.biasRow + 1, layers: 1 };
  const texels = weightsToTexels(weights, all(9 * CHANNELS * CHANNELS, 2), all(CHANNELS, 0.5));
  const w = keep(gpu.upload(extent, texels));
  const y = keep(gpu.texture(extentOf(shape.output)));
  runOnce(gpu, passOf(convForward(shape, weights, 'relu'), { x, w }, [y]));
  const partial = filterPartial(shape, weights, gpu.maxTargets);
  const sums = keep(gpu.texture(partialExtent(partial)));
  runOnce(gpu, passOf(filterGradient(shape, weights, partial), { x, dy: y }, [sums]));
  const next = keep(gpu.texture(extent));
  const step = optimizerStep({ kind: 'sgd' }, weights, partial, { l1: 0, l2: 0 });
  runOnce(gpu, passOf(step, { gradient: sums, weights: w }, [next]), { rate: 0.5 });
  // Along an axis 2 pixels are under 2 taps and 4 are under 3; each pair of taps adds 8 * 2, and each output the bias.
  const total = 2 * (16 * (2 * 2 + 4 * 3) ** 2 + 0.5 * SIZE ** 2);
  return (
    near(gpu, y, 0, 4 * 16 + 0.5) &&
    near(gpu, y, 2, 6 * 16 + 0.5) &&
    near(gpu, y, extentOf(shape.output).width, 9 * 16 + 0.5, 1) &&
    near(gpu, next, weights.biasRow * weights.columns, 0.5 - 0.5 * total)
  );
}

/** A row of ones times a matrix of threes. */
function multiplies(gpu: Gpu, keep: Keep): boolean {
  const input = layoutOf(5, [128]);
  const output = layoutOf(5, [12]);
  const weights = weightLayout(1, 128, 12, true);
  const product = productLayout(5, weights.columns, weights.groups, gpu.maxTargets, gpu.maxSize);
  const x = keep(gpu.upload(extentOf(input), new Float32Array(5 * 128).fill(1)));
  const texels = weightsToTexels(weights, new Float32Array(128 * 12).fill(3), new Float32Array(12).fill(1));
  const w = keep(gpu.upload({ width: weights.columns, height: weights.biasRow + 1, layers: 1 }, texels));
  const partial = keep(gpu.texture(productExtent(product)));
  const y = keep(gpu.texture(extentOf(output)));
  runOnce(gpu, passOf(denseProduct(input, weights, product), { x, w }, [partial]));
  runOnce(gpu, passOf(denseEpilogue(output, weights, product, 'relu'), { partial, w }, [y]));
  return product.splits > 1 && [0, 7, 14].every((texel) => near(gpu, y, texel, 3 * 128 + 1));
}

function runOnce(gpu: Gpu, ...[pass, uniforms]: Parameters<Gpu['run']>): void {
  gpu.run(pass, uniforms);
  gpu.release(pass);
}
