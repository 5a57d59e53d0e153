import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import type { Machine } from '../machine.ts';
import type { Operation, Options } from '../operation.ts';
import { addressOf, newTensor, wasmBackend } from '../tensors.ts';
import { HEAD_MIXTURES, HEAD_PRODUCTS, headScratchBytes } from './heads.ts';

/** How rows [batch * places, heads * size] are divided into heads, and what products are multiplied by. */
interface Heads {
  readonly batch: number;
  readonly places: number;
  readonly heads: number;
  readonly size: number;
  readonly scale: number;
}

function headsOf(options: Options): Heads {
  const [batch, places] = [options.get('batch'), options.get('places')];
  return { batch, places, heads: options.get('heads'), size: options.get('size'), scale: options.get('scale') };
}

/**
 * The product of each place with each other place in each head, times `scale`. a, b: [batch * places, heads * size]; gives
 * [batch, heads, places, places]. Gradients by a and b.
 */
export const headProducts: Operation = {
  name: 'HeadProducts',
  forward: (inputs, options) => products(inputs.get('a'), inputs.get('b'), headsOf(options)),
  saved: { inputs: ['a', 'b'], outputs: [] },
  gradients: (dy, [a = dy, b = dy], options) => ({
    a: () => mixtures(dy, b, headsOf(options), false),
    b: () => mixtures(dy, a, headsOf(options), true),
  }),
};

/**
 * What each place makes of all places by its weights, in each head, times `scale`. weights: [batch, heads, places, places],
 * x: [batch * places, heads * size]; gives the shape of x. Gradients by weights and x.
 */
export const headMixtures: Operation = {
  name: 'HeadMixtures',
  forward: (inputs, options) => mixtures(inputs.get('weights'), inputs.get('x'), headsOf(options), false),
  saved: { inputs: ['weights', 'x'], outputs: [] },
  gradients: (dy, [weights = dy, x = dy], options) => ({
    weights: () => products(dy, x, headsOf(options)),
    x: () => mixtures(weights, dy, headsOf(options), true),
  }),
};

function products(a: TensorInfo, b: TensorInfo, shape: Heads): Tensor {
  const { batch, places, heads } = shape;
  const { tensor, address } = newTensor([batch, heads, places, places]);
  headProductsOf(wasmBackend().machine, shape, { a: addressOf(a), b: addressOf(b), weights: address });
  return tensor;
}

function mixtures(weights: TensorInfo, x: TensorInfo, shape: Heads, transposed: boolean): Tensor {
  const { batch, places, heads, size } = shape;
  const { tensor, address } = newTensor([batch * places, heads * size]);
  const values = { weights: addressOf(weights), x: addressOf(x), y: address };
  headMixturesOf(wasmBackend().machine, { ...shape, transposed }, values);
  return tensor;
}

/** The product of each place of a with each place of b in each head, times `scale`. */
export function headProductsOf(
  machine: Machine,
  shape: Heads,
  at: Readonly<Record<'a' | 'b' | 'weights', number>>,
): void {
  withHeads(machine, shape, (common) => machine.run(HEAD_PRODUCTS, shape.batch, { ...at, ...common }));
}

/** What each place makes of all places by its weights, or by those that others have for it where `transposed`. */
export function headMixturesOf(
  machine: Machine,
  shape: Heads & { readonly transposed: boolean },
  at: Readonly<Record<'weights' | 'x' | 'y', number>>,
): void {
  const row = shape.places * 4;
  const [across, along] = shape.transposed ? [4, row] : [row, 4];
  withHeads(machine, shape, (common) => machine.run(HEAD_MIXTURES, shape.batch, { ...at, across, along, ...common }));
}

function withHeads(
  machine: Machine,
  { places, heads, size, scale }: Heads,
  use: (
    common: Readonly<Record<'places' | 'heads' | 'size' | 'rowBytes' | 'scale' | 'scratch' | 'scratchBytes', number>>,
  ) => void,
): void {
  const scratchBytes = headScratchBytes(places, size);
  machine.withScratch(machine.threads * scratchBytes, (scratch) =>
    use({ places, heads, size, rowBytes: heads * size * 4, scale, scratch, scratchBytes }),
  );
}
