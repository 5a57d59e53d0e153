import { type Buffer, lengthOf } from '../step/buffer.ts';
import type { Operation } from '../step/operation.ts';
import type { Step } from '../step/step.ts';
import { Uses } from '../step/uses.ts';
import type { Extent } from './fold.ts';
import { type WeightLayout, weightLayout } from './kernels/conv-shape.ts';

/**
 * Weights, or what an optimizer keeps beside them, that lie in one texture: a kernel's rows and below them the biases; gamma above beta; a
 * moving mean above its variance. One of both may be missing.
 */
export interface WeightPair {
  readonly layout: WeightLayout;
  readonly kernel: Buffer | null;
  readonly bias: Buffer | null;
  /** What is there in place of a missing kernel. */
  readonly fill: number;
}

/** Two rows with a value for each channel: gamma, or the mean; and beta, or the variance. */
export function pairLayout(channels: number, bias: boolean): WeightLayout {
  const columns = Math.ceil(channels / 4);
  return { taps: 1, inputs: 1, filters: channels, bias, groups: 1, columns, biasRow: 1 };
}

/**
 * Everything that a list of operations keeps from step to step, in the pairs in which the kernels take it. `weights`, `slots`: those of the step, of
 * which some may stay as they are.
 */
export function pairsOf(
  operations: readonly Operation[],
  { weights, slots }: Pick<Step, 'weights' | 'slots'> = { weights: [], slots: [] },
): readonly WeightPair[] {
  const uses = new Uses(operations);
  const pairs = distinct(operations.flatMap((operation) => weightPairsOf(operation, uses)));
  const moved = operations.flatMap((operation) => (operation.name === 'update' ? operation.inputs.weight : []));
  // What is only moved, or not even that: of sequences of one step no product reads the state before.
  const others = distinct([...moved, ...weights.filter((weight) => uses.writerOf(weight) === null)].flatMap(listPairs));
  const all = distinct([...pairs, ...without(others, pairs)]);
  return [...all, ...all.flatMap((pair) => [...slotPairsOf(pair, uses, slots), ...averagePairOf(pair, uses)])];
}

/** Each pair once, however many operations read it. */
function distinct(pairs: readonly WeightPair[]): readonly WeightPair[] {
  return [...new Map(pairs.map((pair) => [pair.kernel ?? pair.bias, pair])).values()];
}

/** Lists that lie in none of the pairs. */
function without(lists: readonly WeightPair[], pairs: readonly WeightPair[]): readonly WeightPair[] {
  const known = new Set(pairs.flatMap(({ kernel, bias }) => [kernel, bias]));
  return lists.filter(({ kernel }) => !known.has(kernel));
}

/** The size of each texture that a pair lies in. */
export function pairExtent({ layout: { columns, biasRow } }: WeightPair): Extent {
  return { width: columns, height: biasRow + 1, layers: 1 };
}

/** The texture rows in which one of a pair lies. */
export function rowsIn(
  { layout, kernel }: WeightPair,
  buffer: Buffer,
): { readonly row: number; readonly rows: number } {
  return kernel === buffer ? { row: 0, rows: layout.biasRow } : { row: layout.biasRow, rows: 1 };
}

/** The averages of a pair of weights, where they are averaged. */
function averagePairOf({ layout, kernel, bias, fill }: WeightPair, uses: Uses): readonly WeightPair[] {
  const averageOf = (weight: Buffer | null) => (weight && uses.readerOf(weight, 'average')?.inputs.average) ?? null;
  const pair = { layout, kernel: averageOf(kernel), bias: averageOf(bias), fill };
  return pair.kernel === null && pair.bias === null ? [] : [pair];
}

function weightPairsOf(operation: Operation, uses: Uses): readonly WeightPair[] {
  switch (operation.name) {
    case 'dense': {
      const { kernel, bias } = operation.inputs;
      if (kernel.role === 'step') return [];
      const { inputs, units } = operation.attributes;
      const own = bias?.role === 'step' ? null : bias;
      return [kernelPair(weightLayout(1, inputs, units, own !== null), { kernel, bias: own })];
    }
    case 'conv2d': {
      const { input, output, window } = operation.attributes.sliding;
      const bias = operation.inputs.bias !== null;
      return [kernelPair(weightLayout(window.size ** 2, input.channels, output.channels, bias), operation.inputs)];
    }
    case 'depthwiseConv2d': {
      const { output, window } = operation.attributes.sliding;
      const layout = weightLayout(1, window.size ** 2, output.channels, operation.inputs.bias !== null);
      return [kernelPair(layout, operation.inputs)];
    }
    case 'normalizeByBatch': {
      const moving = (batch: Buffer) => uses.readerOf(batch, 'follow')?.inputs.moving ?? null;
      const { mean, variance } = operation.outputs;
      return normalizationPairs(operation, { mean: moving(mean), variance: moving(variance) });
    }
    case 'normalizeByMoving':
      return normalizationPairs(operation, operation.inputs);
    case 'normalizeRows':
      return [operation.inputs.gamma, operation.inputs.beta].flatMap((weight) => listPairs(weight));
    case 'columnsOf':
      return operation.inputs.z.role === 'step' ? [] : listPairs(operation.inputs.z);
    case 'addToRows':
      return listPairs(operation.inputs.values);
    default:
      return [];
  }
}

/** A weight with a value for each column, in a texture of its own. */
function listPairs(weight: Buffer | null): readonly WeightPair[] {
  return weight === null ? [] : [{ layout: pairLayout(lengthOf(weight), false), kernel: weight, bias: null, fill: 0 }];
}

function kernelPair(
  layout: WeightLayout,
  { kernel, bias }: { readonly kernel: Buffer; readonly bias: Buffer | null },
): WeightPair {
  return { layout, kernel, bias, fill: 0 };
}

interface Normalization {
  readonly inputs: { readonly gamma: Buffer | null; readonly beta: Buffer | null };
  readonly attributes: { readonly channels: number };
}

function normalizationPairs(
  { inputs: { gamma, beta }, attributes: { channels } }: Normalization,
  { mean, variance }: { readonly mean: Buffer | null; readonly variance: Buffer | null },
): readonly WeightPair[] {
  const own = { layout: pairLayout(channels, beta !== null), kernel: gamma, bias: beta, fill: 1 };
  const moving = { layout: pairLayout(channels, true), kernel: mean, bias: variance, fill: 0 };
  return [own, moving].filter(({ kernel, bias }) => kernel !== null || bias !== null);
}

/** What the optimizer keeps beside a pair of weights. */
function slotPairsOf({ layout, kernel, bias }: WeightPair, uses: Uses, slots: Step['slots']): readonly WeightPair[] {
  const slotsOf = (weight: Buffer | null) => (weight === null ? [] : slotsOfWeight(weight, uses, slots));
  const [ofKernel, ofBias] = [slotsOf(kernel), slotsOf(bias)];
  return Array.from({ length: Math.max(ofKernel.length, ofBias.length) }, (_, slot) => ({
    layout,
    kernel: ofKernel[slot] ?? null,
    bias: ofBias[slot] ?? null,
    fill: 0,
  }));
}

/** Of a matrix that Muon moves only the velocity is read: its other slots stay 0. */
function slotsOfWeight(weight: Buffer, uses: Uses, slots: Step['slots']): readonly Buffer[] {
  const velocity = uses.readerOf(weight, 'updateMatrix')?.inputs.velocity;
  if (velocity === undefined) return uses.readerOf(weight, 'update')?.inputs.slots ?? [];
  const place = slots[0]?.indexOf(velocity) ?? -1;
  const own = slots.flatMap((list) => list[place] ?? []);
  return [velocity, ...own.filter((slot) => slot.role === 'slot' && slot !== velocity)];
}
