import { expect, test } from 'vitest';
import { imagesIn, type Sliding, shapeOf, slideOver } from '../../../src/engine/step/images.ts';
import { convolutionByKernel, convolutionForward } from '../../../src/engine/wasm/kernels/conv2d.ts';
import { windowFields } from '../../../src/engine/wasm/kernels/geometry.ts';
import { MAX_POOL, MAX_POOL_GRADIENT } from '../../../src/engine/wasm/kernels/max-pool.ts';
import { pooledByKernel, pooledForward, poolsAtOnce } from '../../../src/engine/wasm/kernels/pooled-conv2d.ts';
import type { Machine } from '../../../src/engine/wasm/machine.ts';
import { openWasm } from '../../../src/engine/wasm/open.ts';
import { expectClose, noise } from '../support/values.ts';

const POOL = { size: 2, strides: 2, padding: 'valid', dilation: 1 } as const;

interface Case {
  readonly images: readonly [batch: number, height: number, width: number, channels: number];
  readonly filters: number;
  readonly size: number;
  readonly strides?: number;
  readonly dilation?: number;
  readonly padding?: 'same' | 'valid';
  readonly relu?: boolean;
  readonly bias?: boolean;
}

const CASES: readonly Case[] = [
  { images: [3, 28, 28, 1], filters: 32, size: 3 },
  { images: [17, 12, 9, 1], filters: 16, size: 5, padding: 'same', bias: false },
  { images: [9, 11, 13, 3], filters: 8, size: 3, padding: 'same', relu: false },
  { images: [2, 15, 15, 2], filters: 24, size: 2, strides: 2 },
  { images: [1, 13, 12, 3], filters: 8, size: 4, dilation: 2, padding: 'same' },
  { images: [16, 6, 6, 1], filters: 8, size: 1 },
  { images: [2, 9, 9, 7], filters: 8, size: 3 },
];

for (const shape of CASES) {
  test(`a convolution and its pooling in one agree with one after the other: ${JSON.stringify(shape)}`, async () => {
    const [conv, pool] = slidingsOf(shape);
    expect(poolsAtOnce(conv, pool)).toBe(true);
    const { y, argmax, dkernel, expected } = await computed(conv, pool, shape);
    expect(y).toEqual(expected.y);
    expect(new Set(argmax)).toEqual(new Set([0, 1, 2, 3]));
    expectClose(dkernel, expected.dkernel, 1e-5);
    const again = await computed(conv, pool, shape);
    expect(again.dkernel).toEqual(dkernel);
  });
}

test('of equal values the first of the window counts', async () => {
  const shape: Case = { images: [1, 6, 6, 1], filters: 8, size: 3 };
  const [conv, pool] = slidingsOf(shape);
  const { argmax } = await computed(conv, pool, shape, new Float32Array(36).fill(0.5));
  expect(new Set(argmax)).toEqual(new Set([0]));
});

test('what is not a number is told on', async () => {
  const shape: Case = { images: [1, 6, 6, 1], filters: 8, size: 3 };
  const [conv, pool] = slidingsOf(shape);
  const { y } = await computed(conv, pool, shape, new Float32Array(36).fill(Number.NaN));
  expect([...y].every(Number.isNaN)).toBe(true);
});

test('windows that overlap, hang over the edge, or have other sizes are left to the pooling by itself', () => {
  const [conv] = slidingsOf({ images: [2, 13, 13, 1], filters: 8, size: 3, padding: 'same' });
  const poolBy = (window: Partial<Record<'size' | 'strides', number>>, padding: 'same' | 'valid') =>
    slideOver(conv.output, { ...POOL, ...window, padding }, 8);
  expect(poolsAtOnce(conv, poolBy({}, 'valid'))).toBe(true);
  expect(poolsAtOnce(conv, poolBy({}, 'same'))).toBe(false);
  expect(poolsAtOnce(conv, poolBy({ size: 3 }, 'valid'))).toBe(false);
  expect(poolsAtOnce(conv, poolBy({ strides: 1 }, 'valid'))).toBe(false);
});

test.each([
  ['filters that fill no panel', { images: [2, 12, 12, 1], filters: 12, size: 3 }],
  ['a window that is faster in tiles', { images: [2, 12, 12, 16], filters: 16, size: 3 }],
  ['a window of many taps', { images: [2, 12, 12, 8], filters: 16, size: 5 }],
] as const)('not pooled at once: %s', (_name, shape) => {
  const [conv, pool] = slidingsOf(shape);
  expect(poolsAtOnce(conv, pool)).toBe(false);
});

function slidingsOf({ images, filters, size, strides = 1, dilation = 1, padding = 'valid' }: Case): [Sliding, Sliding] {
  const conv = slideOver(imagesIn(images), { size, strides, dilation, padding }, filters);
  return [conv, slideOver(conv.output, POOL, filters)];
}

/** The pooled values and the gradient by the kernel, in one and one after the other. Leaves no memory behind. */
async function computed(conv: Sliding, pool: Sliding, { bias = true, relu = true }: Case, images?: Float32Array) {
  const { processor, machine } = await openWasm();
  const { size } = conv.window;
  const { channels: filters } = conv.output;
  const length = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1);
  const weights = size ** 2 * conv.input.channels * filters;
  const blocks: number[] = [];
  const put = (values: Float32Array) => {
    const address = processor.heap.allocate(values.byteLength);
    blocks.push(address);
    processor.floats.set(values, address / 4);
    return address;
  };
  const room = (count: number) => put(new Float32Array(count).fill(Number.NaN));
  const valuesAt = (address: number, count: number) => processor.floats.slice(address / 4, address / 4 + count);
  const [outputs, pooled] = [length(shapeOf(conv.output)), length(shapeOf(pool.output))];
  const x = put(images ?? noise(length(shapeOf(conv.input)), 1));
  const [kernel, biases] = [put(noise(weights, 2)), put(noise(filters, 3))];
  const places = { x, kernel, bias: bias ? biases : null, relu };
  const [y, argmax, dkernel] = [room(pooled), room(pooled), room(weights)];
  pooledForward(machine, { sliding: conv, pooled: pool.output }, { ...places, y, argmax });
  // What comes back has passed the slope of ReLU before.
  const largest = valuesAt(y, pooled);
  const dy = put(noise(pooled, 4).map((value, i) => (relu && largest[i] === 0 ? 0 : value)));
  pooledByKernel(machine, { sliding: conv, pooled: pool.output }, { x, argmax, dy, dkernel });
  const expected = inTurn(machine, { conv, pool }, { ...places, dy, room, outputs, pooled, weights });
  const results = {
    y: valuesAt(y, pooled),
    argmax: valuesAt(argmax, pooled),
    dkernel: valuesAt(dkernel, weights),
    expected: { y: valuesAt(expected.y, pooled), dkernel: valuesAt(expected.dkernel, weights) },
  };
  for (const block of blocks) processor.heap.free(block);
  return results;
}

interface InTurn {
  readonly x: number;
  readonly kernel: number;
  readonly bias: number | null;
  readonly relu: boolean;
  readonly dy: number;
  readonly outputs: number;
  readonly pooled: number;
  readonly weights: number;
  room(count: number): number;
}

function inTurn(
  machine: Machine,
  { conv, pool }: Readonly<Record<'conv' | 'pool', Sliding>>,
  { x, kernel, bias, relu, dy, room, outputs, pooled, weights }: InTurn,
) {
  const [full, y, gradient, dkernel] = [room(outputs), room(pooled), room(outputs), room(weights)];
  convolutionForward(machine, conv, { x, kernel, bias, relu, y: full });
  machine.run(MAX_POOL, conv.input.batch, { x: full, y, ...windowFields(pool) });
  machine.run(MAX_POOL_GRADIENT, conv.input.batch, { x: full, y, dy, dx: gradient, ...windowFields(pool) });
  convolutionByKernel(machine, conv, { x, dy: gradient, dkernel });
  return { y, dkernel };
}
