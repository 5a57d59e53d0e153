import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayerSpec } from '../../../core/network/layers/registry.ts';
import type { LayerWeights } from './layer-weights.ts';

/** What holds for a whole pass through the network. */
export interface PassContext {
  /** Whether this is a training pass: dropout is active, and batch normalization uses the batch's statistics. */
  readonly training: boolean;
  /** The recipe's seed, from which dropout draws. */
  readonly seed: number;
  /** Steps done before this one, over the whole run. */
  readonly step: number;
  /** A rate for every layer that drops values, in place of its own; null or left out: each its own. */
  readonly dropout?: number | null;
}

/** One layer in one pass. */
export interface LayerCall<Spec extends LayerSpec> {
  readonly spec: Spec;
  /** Outputs of the layers that this one takes, batch axis first; the first is the one above. */
  readonly inputs: readonly [Tensor, ...Tensor[]];
  readonly weights: LayerWeights;
  /** The layer's position in the graph, which gives it random streams of its own. */
  readonly position: number;
  readonly context: PassContext;
}

/** What a kind of layer does with its inputs. Runs inside a tidy, and on the tape in training. */
export type LayerForward<Spec extends LayerSpec> = (call: LayerCall<Spec>) => Tensor;
