import { at, last } from '../../../core/at.ts';
import type { Graph } from '../../../core/network/graph.ts';
import type { GraphNode } from '../../../core/network/graph-node.ts';
import { initialValues } from '../../../core/network/initial-values.ts';
import type { WeightName } from '../../../core/network/layers/definition.ts';
import { sizeOf } from '../../../core/network/shape.ts';
import { streamKey } from '../../../core/random.ts';
import { type OptimizerSpec, optimizerOf } from '../../../core/training/optimizers/registry.ts';
import type { Gpu } from '../gpu.ts';
import { type WeightLayout, weightLayout, weightsFromTexels, weightsToTexels } from '../kernels/conv-shape.ts';
import type { Penalty } from '../kernels/penalty.ts';
import type { Texture } from '../texture.ts';

/** Which of each pair of textures holds the weights before the step: 0 for even steps, 1 for odd ones. */
export type Parity = 0 | 1;

/**
 * A texture that a step reads and one that it writes for the next step: a texture cannot be read while it is drawn to.
 */
type Pair<T> = readonly [T, T];

/** The weights of one layer. The kernel's rows and below them the biases; for batch normalisation gamma and beta. */
export interface LayerParameters {
  readonly layout: WeightLayout;
  readonly penalty: Penalty;
  /** Whether any of them is trained: not in a frozen layer. */
  readonly trains: boolean;
  /** Whether the kernel, or gamma, is trained; where any is, biases are wherever the layout has them. */
  readonly trainsKernel: boolean;
  readonly weights: Pair<Texture>;
  /** The optimizer's moments. */
  readonly slots: readonly Pair<Texture>[];
  /** Moving mean and variance, laid out like gamma and beta. */
  readonly moving: Pair<Texture> | null;
}

/** All weights of a network on the device with their moments. Owns them until `dispose`. */
export class Parameters {
  readonly #gpu: Gpu;
  readonly #graph: Graph;
  readonly #seed: number;
  readonly #layers: readonly (LayerParameters | null)[];
  readonly #slots: number;

  constructor(gpu: Gpu, graph: Graph, optimizer: OptimizerSpec, seed: number) {
    this.#gpu = gpu;
    this.#graph = graph;
    this.#seed = seed;
    this.#slots = optimizerOf(optimizer.kind).slots.length;
    this.#layers = graph.nodes.map((node) => createLayer(gpu, node, this.#slots));
    this.reset();
  }

  /** The weights of the layer at this position of the graph; an Error where it has none. */
  of(position: number): LayerParameters {
    const layer = this.#layers[position];
    if (!layer) throw new RangeError(`The layer at position ${position} has no weights.`);
    return layer;
  }

  /** Sets the weights to their initial values, each drawn from its own random stream, and moments to 0. */
  reset(): void {
    this.#layers.forEach((layer, position) => {
      if (!layer) return;
      const node = this.#graph.nodes[position];
      const values = node?.weights.map(({ initializer, shape, stddev }, index) =>
        initialValues(initializer, shape, streamKey(this.#seed, 'weights', position, index), stddev),
      );
      this.write(position, values ?? []);
    });
  }

  /** Sets a layer's weights, in the order of its `WeightSpec`s, for an even next step; its moments become 0. */
  write(position: number, values: readonly Float32Array[]): void {
    const { layout, weights, slots, moving } = this.of(position);
    const named = this.#named(position, values);
    const ones = new Float32Array(layout.filters).fill(1);
    const texels = moving
      ? weightsToTexels(layout, named.get('gamma') ?? ones, named.get('beta') ?? [])
      : weightsToTexels(layout, named.get('kernel') ?? [], named.get('bias') ?? []);
    for (const texture of weights) this.#gpu.write(texture, texels);
    for (const pair of slots) for (const texture of pair) this.#gpu.write(texture, new Float32Array(texels.length));
    const followed = weightsToTexels(
      { ...layout, bias: true },
      named.get('movingMean') ?? [],
      named.get('movingVariance') ?? ones,
    );
    for (const texture of moving ?? []) this.#gpu.write(texture, followed);
  }

  /** Reads a layer's weights, in the order of its `WeightSpec`s. Waits for the device. */
  read(position: number, parity: Parity): Float32Array[] {
    const { layout, weights, moving } = this.of(position);
    const own = weightsFromTexels(layout, this.#gpu.read(weights[parity]));
    const followed = moving ? weightsFromTexels({ ...layout, bias: true }, this.#gpu.read(moving[parity])) : own;
    const byName: { readonly [Name in WeightName]?: Float32Array } = {
      kernel: own.kernel,
      bias: own.bias,
      gamma: own.kernel,
      beta: own.bias,
      movingMean: followed.kernel,
      movingVariance: followed.bias,
    };
    return this.#graph.nodes[position]?.weights.map(({ name }) => byName[name] ?? new Float32Array()) ?? [];
  }

  /** Reads every weight, in the order of the graph. Waits for the device. */
  readAll(parity: Parity): Float32Array<ArrayBuffer>[] {
    return this.#graph.nodes.flatMap(({ weights }, position) =>
      weights.length === 0 ? [] : this.read(position, parity).map((values) => values.slice()),
    );
  }

  /** What the optimizer remembers of each trainable weight, by slot and then by weight. Waits for the device. */
  readSlots(parity: Parity): Float32Array<ArrayBuffer>[][] {
    return Array.from({ length: this.#slots }, (_, slot) =>
      this.#trained().flatMap(({ position, weights }) => {
        const { layout, slots } = this.of(position);
        const [texture] = slots[slot]?.slice(parity, parity + 1) ?? [];
        const { kernel, bias } = weightsFromTexels(layout, texture ? this.#gpu.read(texture) : new Float32Array());
        return weights.map(({ name }) => (isBias(name) ? bias : kernel).slice());
      }),
    );
  }

  /** Sets every weight and slot, in the order in which they are read, for an even or odd next step. */
  writeAll(weights: readonly Float32Array[], slots: readonly (readonly Float32Array[])[]): void {
    let taken = 0;
    this.#graph.nodes.forEach((node, position) => {
      if (node.weights.length === 0) return;
      this.write(position, weights.slice(taken, taken + node.weights.length));
      taken += node.weights.length;
    });
    for (const [slot, values] of slots.entries()) this.#writeSlot(slot, values);
  }

  /** How many numbers each weight and then each slot of each trainable weight has. */
  get sizes(): readonly number[] {
    const all = this.#graph.nodes.flatMap(({ weights }) => weights);
    const trained = all.filter(({ trainable }) => trainable);
    const slots = Array.from({ length: this.#slots }, () => trained);
    return [...all, ...slots.flat()].map(({ shape }) => sizeOf(shape));
  }

  dispose(): void {
    for (const layer of this.#layers) {
      if (!layer) continue;
      const pairs = [layer.weights, ...layer.slots, ...(layer.moving ? [layer.moving] : [])];
      for (const texture of pairs.flat()) this.#gpu.free(texture);
    }
  }

  /** The layers with trained weights, and which weights those are. */
  #trained() {
    return this.#graph.nodes.flatMap((node, position) => {
      const weights = node.weights.filter(({ trainable }) => trainable);
      return weights.length === 0 ? [] : [{ position, weights }];
    });
  }

  #writeSlot(slot: number, values: readonly Float32Array[]): void {
    let taken = 0;
    for (const { position, weights } of this.#trained()) {
      const own = values.slice(taken, taken + weights.length);
      taken += weights.length;
      const { layout, slots } = this.of(position);
      const part = (bias: boolean) => own[weights.findIndex(({ name }) => isBias(name) === bias)];
      const kernel = part(false) ?? new Float32Array(layout.filters);
      const texels = weightsToTexels(layout, kernel, part(true) ?? []);
      for (const texture of at(slots, slot)) this.#gpu.write(texture, texels);
    }
  }

  #named(position: number, values: readonly Float32Array[]): Map<string, Float32Array> {
    const specs = this.#graph.nodes[position]?.weights ?? [];
    return new Map(specs.map(({ name }, index) => [name, at(values, index)]));
  }
}

/** Whether a weight lies in the last row of its layer's texture. */
function isBias(name: WeightName): boolean {
  return name === 'bias' || name === 'beta';
}

function createLayer(gpu: Gpu, { weights, spec, input, output }: GraphNode, slots: number): LayerParameters | null {
  if (weights.length === 0) return null;
  const normalizes = spec.kind === 'batchNormalization';
  const layout =
    spec.kind === 'batchNormalization' ? pairLayout(last(output), spec.center) : kernelLayout(weights, last(input));
  const kernel = weights.find(({ name }) => name === 'kernel');
  const pair = (): Pair<Texture> => {
    const extent = { width: layout.columns, height: layout.biasRow + 1, layers: 1 };
    return [gpu.texture(extent), gpu.texture(extent)];
  };
  const trains = weights.some(({ trainable }) => trainable);
  return {
    layout,
    trains,
    trainsKernel: weights.some(({ name }) => name === 'kernel' || name === 'gamma'),
    penalty: { l1: kernel?.l1 ?? 0, l2: kernel?.l2 ?? 0 },
    weights: pair(),
    slots: Array.from({ length: trains ? slots : 0 }, pair),
    moving: normalizes ? pair() : null,
  };
}

function kernelLayout(weights: GraphNode['weights'], inputs: number): WeightLayout {
  const shape = weights.find(({ name }) => name === 'kernel')?.shape ?? [];
  const filters = last(shape);
  const bias = weights.some(({ name }) => name === 'bias');
  return weightLayout(sizeOf(shape.slice(0, -2)), inputs, filters, bias);
}

/** Two rows with a value for each channel: gamma, or the mean; and beta, or the variance. */
function pairLayout(channels: number, bias: boolean): WeightLayout {
  const columns = Math.ceil(channels / 4);
  return { taps: 1, inputs: 1, filters: channels, bias, groups: 1, columns, biasRow: 1 };
}
