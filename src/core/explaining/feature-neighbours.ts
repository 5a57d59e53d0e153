import type { HiddenLayer } from './hidden-layer.ts';
import type { LabelledNeighbours } from './nearest.ts';

/** A network at one moment of its training. */
export interface Answerer {
  /** The run whose weights answer, or the network that ships with the app. */
  readonly run: number | 'shipped';
  /** Steps that they have taken. */
  readonly step: number;
  /** What the shipped network reaches on the test set, as a fraction; null for a run. */
  readonly testAccuracy: number | null;
}

/** Which training images a network finds most like an image. */
export type FeatureNeighbours =
  /** Nearest by the values of the last hidden layer; none where the values are not numbers any more. */
  | {
      readonly type: 'found';
      readonly by: Answerer;
      readonly layer: HiddenLayer;
      readonly neighbours: LabelledNeighbours;
    }
  /** The network has no hidden layer: it decides by the pixels themselves. */
  | { readonly type: 'pixels'; readonly by: Answerer }
  /** No network has been trained, and the one that ships cannot be had. */
  | { readonly type: 'noNetwork' };
