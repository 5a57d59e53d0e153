import { type DatasetSpec, sampleSizeOf } from '../dataset/spec.ts';
import { numberText } from '../text/number-text.ts';
import { type OptimizerKind, optimizerOf } from '../training/optimizers/registry.ts';
import { analyse, type Graph, savedActivations } from './graph.ts';
import type { GraphNode } from './graph-node.ts';
import type { Fix } from './issue.ts';
import { fixed, setFix } from './issues/fixes.ts';
import { parametersOf } from './layers/kernel.ts';
import type { Network } from './network.ts';
import { sizeOf } from './shape.ts';

/** Bytes of a float32, the type of all numbers on the device. */
const FLOAT_BYTES = 4;

/** Bytes of a megabyte, as for memory sizes. */
const MEGABYTE = 2 ** 20;

/** The parts of a recipe that decide how much memory training takes. */
export interface Load {
  /** Images a step. */
  readonly batchSize: number;
  readonly optimizer: { readonly kind: OptimizerKind };
  /** Above 0 where weights are averaged; as 0 if left out. */
  readonly weightAveraging?: number;
}

/** Memory on the device while training, in bytes. An estimate: backends keep buffers of their own beside it. */
export interface MemoryCost {
  readonly weights: number;
  readonly gradients: number;
  /** What the optimizer remembers, and the average of the weights. */
  readonly optimizer: number;
  /** The batch itself, and what every layer keeps of it for the backward pass. */
  readonly activations: number;
  readonly total: number;
}

/** What a network costs. */
export interface Cost {
  readonly trainable: number;
  readonly nonTrainable: number;
  /** Forward floating-point operations for one image. */
  readonly flops: number;
  readonly memory: MemoryCost;
}

/** What training a network with this batch and this optimizer costs. */
export function costOf({ nodes, dataset }: Graph, { batchSize, optimizer, weightAveraging = 0 }: Load): Cost {
  const weights = nodes.flatMap((node) => node.weights);
  const trainable = parametersOf(weights.filter((weight) => weight.trainable));
  const nonTrainable = parametersOf(weights) - trainable;
  const remembered = optimizerOf(optimizer.kind).slots.length + (weightAveraging > 0 ? 1 : 0);
  const parts = {
    weights: FLOAT_BYTES * (trainable + nonTrainable),
    gradients: FLOAT_BYTES * trainable,
    optimizer: FLOAT_BYTES * trainable * remembered,
    activations:
      FLOAT_BYTES * batchSize * (sampleSizeOf(dataset) + nodes.reduce((sum, node) => sum + savedActivations(node), 0)),
  };
  const total = parts.weights + parts.gradients + parts.optimizer + parts.activations;
  const flops = nodes.reduce((sum, node) => sum + node.flops, 0);
  return { trainable, nonTrainable, flops, memory: { ...parts, total } };
}

/**
 * The largest power of two, below the batch that needed more than `memoryBytes`, that can be expected to fit, where a backend has no plan
 * that says it exactly. Null where not even one sample fits. Only half of what the weights leave is counted on: backends keep about as much again for the gradients of
 * activations, and evaluation has its own batch.
 */
export function fittingBatch(graph: Graph, load: Load, memoryBytes: number): number | null {
  const { total, activations } = costOf(graph, load).memory;
  const room = (memoryBytes - (total - activations)) / 2;
  const largest = Math.min(load.batchSize - 1, Math.floor(room / (activations / load.batchSize)));
  return largest >= 1 ? 2 ** Math.floor(Math.log2(largest)) : null;
}

/** What a device can hold. */
export interface DeviceLimits {
  /** The longest side of a texture; a tensor lies in one texture, one number a texel. */
  readonly textureSize: number;
  /** Bytes that training may take. */
  readonly memoryBytes: number;
}

/** What nearly every device with WebGL2 can do, and what a tab can be expected to get. */
const USUAL_LIMITS: DeviceLimits = { textureSize: 16_384, memoryBytes: 2048 * MEGABYTE };

/** Why a training cannot fit, and what would. */
export interface Refusal {
  /** What happened, what it means, what to do, as for an issue. */
  readonly message: string;
  /** The largest batch that fits; null where not even a single image does. */
  readonly largestBatch: number | null;
  /** Fixes that make the network itself small enough for this batch. */
  readonly fixes: readonly Fix[];
}

/** Why training would not fit on a device, before anything is allocated; null if it does. */
export function refusalOf(
  network: Network,
  dataset: DatasetSpec,
  load: Load,
  limits: DeviceLimits = USUAL_LIMITS,
): Refusal | null {
  const { graph } = analyse(network, dataset);
  if (graph === null) return null;
  const excess = excessOf(graph, load, limits);
  if (excess === null) return null;
  const { reason, largestBatch } = excess;
  const fixes = narrower(network, graph, load, limits);
  const way =
    largestBatch === null
      ? `Not even one ${dataset.words.sample.one} fits, so the network must be smaller.`
      : `The largest batch that fits is ${numberText(largestBatch)}.`;
  return { message: `${reason} ${way}`, largestBatch, fixes };
}

interface Excess {
  readonly reason: string;
  readonly largestBatch: number | null;
}

function excessOf(graph: Graph, load: Load, limits: DeviceLimits): Excess | null {
  const tensor = tensorExcess(graph, load, limits);
  const memory = memoryExcess(graph, load, limits);
  if (tensor === null || memory === null) return tensor ?? memory;
  const possible = tensor.largestBatch !== null && memory.largestBatch !== null;
  return { ...tensor, largestBatch: possible ? Math.min(tensor.largestBatch, memory.largestBatch) : null };
}

/** A single tensor that no texture can hold: a layer's weights, or its output for a whole batch. */
function tensorExcess({ nodes }: Graph, { batchSize }: Load, { textureSize }: DeviceLimits): Excess | null {
  const most = textureSize ** 2;
  const limit = `this device can hold ${numberText(most)} numbers in one tensor`;
  const widest = nodes.toSorted((a, b) => sizeOf(b.output) - sizeOf(a.output))[0];
  const heaviest = nodes.find(({ weights }) => weights.some(({ shape }) => sizeOf(shape) > most));
  if (heaviest !== undefined) {
    const count = numberText(Math.max(...heaviest.weights.map(({ shape }) => sizeOf(shape))));
    return { reason: `The kernel of ${heaviest.name} has ${count} numbers; ${limit}.`, largestBatch: null };
  }
  if (widest === undefined || batchSize * sizeOf(widest.output) <= most) return null;
  const product = `${numberText(batchSize)} × ${numberText(sizeOf(widest.output))} = ${numberText(batchSize * sizeOf(widest.output))}`;
  const largest = Math.floor(most / sizeOf(widest.output));
  const reason = `${widest.name} gives ${product} numbers for a batch; ${limit}.`;
  return { reason, largestBatch: largest > 0 ? largest : null };
}

function memoryExcess(graph: Graph, load: Load, { memoryBytes }: DeviceLimits): Excess | null {
  const { memory } = costOf(graph, load);
  if (memory.total <= memoryBytes) return null;
  const fixed = memory.total - memory.activations;
  const largest = Math.floor((memoryBytes - fixed) / (memory.activations / load.batchSize));
  const reason = `A batch of ${numberText(load.batchSize)} takes about ${megabytes(memory.total)}, but only ${megabytes(memoryBytes)} are available.`;
  return { reason, largestBatch: largest > 0 ? largest : null };
}

function megabytes(bytes: number): string {
  return `${numberText(Math.round(bytes / MEGABYTE))} MB`;
}

/** The two layers that take most memory, each at the largest width with which this batch would fit. */
function narrower(network: Network, { nodes, dataset }: Graph, load: Load, limits: DeviceLimits): readonly Fix[] {
  const weight = (node: GraphNode) => parametersOf(node.weights) + load.batchSize * sizeOf(node.output);
  const found: Fix[] = [];
  for (const node of nodes.slice(0, -1).toSorted((a, b) => weight(b) - weight(a))) {
    const fix = narrowed(network, dataset, node, load, limits);
    if (fix !== null) found.push(fix);
    if (found.length === 2) break;
  }
  return found;
}

/** One layer at the largest width with which the batch fits; null where it has no width, or none is small enough. */
function narrowed(
  network: Network,
  dataset: DatasetSpec,
  { spec, name }: GraphNode,
  load: Load,
  limits: DeviceLimits,
): Fix | null {
  const option = 'units' in spec ? 'units' : 'filters';
  const present = 'units' in spec ? spec.units : 'filters' in spec ? spec.filters : 0;
  const fixOf = (value: number) =>
    setFix(`Use ${numberText(value)} ${option} in ${name}`, spec.id, { [option]: value });
  const fits = (value: number) => {
    const { graph } = analyse(fixed(network, fixOf(value)), dataset);
    return graph !== null && excessOf(graph, load, limits) === null;
  };
  // The smallest width is tried first: if even that does not help, no search is needed.
  if (present < 2 || !fits(1)) return null;
  return fixOf(Math.max(1, largestBelow(present, fits)));
}

/** The largest whole number below `top` that is accepted, by halving; 0 where there is none. */
function largestBelow(top: number, accept: (value: number) => boolean): number {
  let [low, high] = [0, top];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (accept(middle)) low = middle;
    else high = middle;
  }
  return low;
}
