import type { Graph } from '../network/graph.ts';
import type { GraphNode } from '../network/graph-node.ts';
import { type Histogram, histogramOf } from './histogram.ts';

/** How the values of one layer are spread; null where it has none, or they are not numbers any more. */
export interface LayerHistograms {
  /** The id of the layer, which edits keep. */
  readonly id: string;
  /** As people see it, such as `Conv2D 1`. */
  readonly name: string;
  /** Of all its weights that are trained, biases included. */
  readonly weights: Histogram | null;
  /** Of the loss of a fixed batch by each of these weights; null also where the device had no room to work them out. */
  readonly gradients: Histogram | null;
  /** What it gives out for a fixed sample of training images, in inference mode. */
  readonly activations: Histogram | null;
}

/** The layers at the end of one epoch. */
export interface EpochHistograms {
  /** Epochs done, from 1. */
  readonly epoch: number;
  readonly layers: readonly LayerHistograms[];
}

/** Training samples whose activations and gradients are looked at, the same ones in each epoch; of smaller batches fewer gradients. */
export const HISTOGRAM_SAMPLES = 32;

/** The share of the time of a run that its histograms may take, and seconds beside it; epochs are left out to keep to it. */
export const HISTOGRAM_TIME = { share: 0.03, seconds: 0.5 } as const;
/** The most values of a layer that a histogram is made of: more look the same, and take time. */
const MOST_VALUES = 50_000;
/** A prime, so that steps of it do not keep meeting the same unit. */
const STRIDE = 7919;

/** The histogram of some values, or of a part of them that is spread over all. */
export function sampledHistogram(values: Float32Array): Histogram | null {
  const { length } = values;
  if (length <= MOST_VALUES) return histogramOf(values);
  return histogramOf(Float32Array.from({ length: MOST_VALUES }, (_, i) => values[(i * STRIDE) % length] ?? 0));
}

/** The values of a layer that training changes: those of all its weights in one row. */
function trainedValues(node: GraphNode, first: number, values: readonly Float32Array[]): Float32Array {
  const own = node.weights.flatMap(({ trainable }, index) => {
    const weight = values[first + index];
    return trainable && weight !== undefined ? [weight] : [];
  });
  const joined = new Float32Array(own.reduce((sum, { length }) => sum + length, 0));
  own.reduce((offset, weight) => {
    joined.set(weight, offset);
    return offset + weight.length;
  }, 0);
  return joined;
}

/**
 * The histograms of one value for each weight, as the weights themselves or their gradients, for each layer of a graph by its
 * position; `values` are in the order of the graph.
 */
export function weightHistograms({ nodes }: Graph, values: readonly Float32Array[]): readonly (Histogram | null)[] {
  let first = 0;
  return nodes.map((node) => {
    const own = trainedValues(node, first, values);
    first += node.weights.length;
    return sampledHistogram(own);
  });
}
