import { at } from '../../at.ts';
import type { CarriedWeights } from '../../network/carried-weights.ts';
import type { Graph } from '../../network/graph.ts';
import type { GraphNode } from '../../network/graph-node.ts';
import { kerasNames } from '../../network/keras-names.ts';
import { type Shape, sameShape, shapeText, sizeOf } from '../../network/shape.ts';
import { type TorchState, torchState } from './pytorch-tensors.ts';
import { type FoundTensor, floatsOf } from './safetensors-reading.ts';

/** The weights in a file as far as the layers of a network can take them. */
export interface FittedTensors {
  /** In the order of the graph; null for those of a layer that takes none. */
  readonly values: CarriedWeights;
  /** Why a layer takes none, by its id: `the file has no dense.weight`. */
  readonly lacking: ReadonlyMap<string, string>;
  /** The names of tensors in the file that no layer takes. */
  readonly unused: readonly string[];
}

type Tensors = ReadonlyMap<string, FoundTensor>;
type Counts = ReadonlyMap<string, number>;
type Weights = readonly Float32Array<ArrayBuffer>[];

/** Counts batches that were seen: nothing that a network computes with. */
const COUNTER = '.num_batches_tracked';

/** What PyTorch puts before all names when a model is wrapped to be compiled or to run on several devices. */
const WRAPPED = /^(?:_orig_mod\.|module\.)+/;

/**
 * Gives the tensors of a PyTorch state to the layers of a network: to the layer of their name, as the exported program has it, and
 * those that are left to the first layer that has exactly such tensors.
 */
export function fitTensors(graph: Graph, file: Tensors): FittedTensors {
  const tensors = new Map([...file].map(([name, tensor]) => [name.replace(WRAPPED, ''), tensor]));
  const names = kerasNames(graph.nodes.map(({ spec }) => spec));
  const layers = graph.nodes.map((node, i) => ({ node, name: at(names, i), trace: traceOf(node) }));
  const left = new Set([...tensors.keys()].filter((name) => !name.endsWith(COUNTER)));
  const counts = countsOf(left);
  const use = (stem: string, trace: Trace) => {
    for (const ending of trace.places.keys()) left.delete(stem + ending);
  };
  for (const { name, trace } of layers) if (hasAll(trace, name, tensors)) use(name, trace);
  const lacking = new Map<string, string>();
  const values = layers.flatMap(({ node, name, trace }): CarriedWeights => {
    if (node.weights.length === 0) return [];
    const isNamed = [...trace.places.keys()].some((ending) => tensors.has(name + ending));
    const stem = isNamed ? name : (stemOf(trace, left, tensors, counts) ?? name);
    use(stem, trace);
    const found = weightsOf(node, stem, trace, tensors);
    if (typeof found === 'string') lacking.set(node.spec.id, found);
    return typeof found === 'string' ? node.weights.map(() => null) : found;
  });
  return { values, lacking, unused: [...left] };
}

/** Which number of a layer goes where in PyTorch. */
interface Trace {
  /**
   * By the endings of the tensors' names: for each of their numbers the place among all of the layer; what is always 0 or 1 there
   * is -1 or -2.
   */
  readonly places: ReadonlyMap<string, { readonly shape: readonly number[]; readonly from: Int32Array }>;
}

const ALWAYS_ZERO = -1;

/** Places are told by two floats each, of which one alone is not exact from 2^24 on. */
const RADIX = 2 ** 20;

/** Follows each number of a layer into its state in PyTorch: whatever is done to the numbers is done to their places. */
function traceOf(node: GraphNode): Trace {
  const states = [(place: number) => place % RADIX, (place: number) => Math.floor(place / RADIX)].map((part) => {
    let place = 0;
    // 0 and 1 are what is added.
    const numbers = (shape: Shape) => {
      const values = new Float32Array(sizeOf(shape));
      for (let i = 0; i < values.length; i++) values[i] = part(place++) + 2;
      return values;
    };
    return torchState(
      node,
      new Map(node.weights.map((weight) => [weight.name, { shape: weight.shape, values: numbers(weight.shape) }])),
    );
  });
  const [low, high] = [at(states, 0), at(states, 1)];
  return { places: new Map(Object.entries(low).map(([ending, tensor]) => [ending, joined(tensor, high[ending])])) };
}

function joined(low: TorchState[string], high: TorchState[string] | undefined) {
  const from = new Int32Array(low.values.length);
  for (const [i, value] of low.values.entries())
    from[i] = value < 2 ? ALWAYS_ZERO - value : value - 2 + RADIX * ((high?.values[i] ?? 2) - 2);
  return { shape: low.shape, from };
}

function hasAll({ places }: Trace, stem: string, tensors: Tensors): boolean {
  return [...places].every(([ending, { shape }]) => {
    const tensor = tensors.get(stem + ending);
    return tensor !== undefined && sameShape(tensor.shape, shape);
  });
}

/** The first name among those left whose tensors are exactly those of a layer; undefined where there is none. */
function stemOf(trace: Trace, left: ReadonlySet<string>, tensors: Tensors, counts: Counts): string | undefined {
  const endings = [...trace.places.keys()];
  const [first] = endings;
  if (first === undefined) return undefined;
  const own = endings.filter((ending) => ending.startsWith('.')).length;
  const stems = [...left].filter((name) => name.endsWith(first)).map((name) => name.slice(0, -first.length));
  return stems.find((stem) => (counts.get(stem) ?? 0) === own && hasAll(trace, stem, tensors));
}

/** How many tensors each name before the last dot has. */
function countsOf(names: Iterable<string>): Counts {
  const counts = new Map<string, number>();
  for (const name of names) {
    const stem = name.slice(0, Math.max(name.lastIndexOf('.'), 0));
    counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  return counts;
}

/** The weights of a layer out of its tensors; why not, where they do not fit. */
function weightsOf({ weights }: GraphNode, stem: string, { places }: Trace, tensors: Tensors): Weights | string {
  const sizes = weights.map(({ shape }) => sizeOf(shape));
  const all = new Float32Array(sizes.reduce((sum, size) => sum + size, 0));
  const states = new Map<string, Float32Array>();
  for (const [ending, { shape }] of places) {
    const values = numbersOf(stem + ending, shape, tensors);
    if (typeof values === 'string') return values;
    states.set(ending, values);
  }
  for (const [ending, { from }] of places) {
    const problem = taken(all, from, withSecondBias(ending, states, places));
    if (problem) return `${stem}${ending} ${problem}`;
  }
  const begins = sizes.map((_, i) => sizes.slice(0, i).reduce((sum, size) => sum + size, 0));
  return sizes.map((size, i) => all.slice(at(begins, i), at(begins, i) + size));
}

/** The numbers of a tensor; why they do not fit. */
function numbersOf(name: string, shape: Shape, tensors: Tensors): Float32Array | string {
  const tensor = tensors.get(name);
  if (tensor === undefined) return `the file has no ${name}`;
  if (!sameShape(tensor.shape, shape))
    return `${name} is ${shapeText(tensor.shape)} in the file, and ${shapeText(shape)} here`;
  const values = floatsOf(tensor);
  if (values === null) return `${name} is of the type ${tensor.type} in the file`;
  return values.every(Number.isFinite) ? values : `${name} has numbers in the file that are not finite`;
}

/** Puts numbers where they belong; what is wrong where one cannot be another than it is here. */
function taken(all: Float32Array, from: Int32Array, values: Float32Array): string | null {
  for (const [i, place] of from.entries()) {
    const value = at(values, i);
    if (place >= 0) all[place] = value;
    else if (value !== ALWAYS_ZERO - place) return `is not ${ALWAYS_ZERO - place} in the file, and here it is always`;
  }
  return null;
}

/** PyTorch adds two biases in a recurrent layer. Where this app has one, it is their sum. */
function withSecondBias(
  ending: string,
  states: ReadonlyMap<string, Float32Array>,
  places: Trace['places'],
): Float32Array {
  const values = states.get(ending) ?? new Float32Array();
  const [first, second] = ['bias_ih', 'bias_hh'].map((name) => ending.replace(/bias_[ih]h/, name));
  const added = second === undefined ? undefined : states.get(second);
  const isOne = places.get(second ?? '')?.from.every((place) => place === ALWAYS_ZERO);
  if (added === undefined || first === second || !isOne) return values;
  // What is 0 keeps the sign that it has.
  if (ending === first) return values.map((value, i) => (added[i] ? value + at(added, i) : value));
  return new Float32Array(values.length);
}
