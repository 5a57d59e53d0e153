import type { WeightLayout } from './conv-shape.ts';
import type { Extent } from './texture.ts';

/**
 * Gradients of weights as they leave their kernel: partial sums over `splits` parts of the batch, side by side. A fragment
 * holds `rows` weight rows, one to a layer; which ones, `place` tells. The biases' gradient lies in layer 0 of the last
 * texture row.
 */
export interface PartialLayout {
  readonly splits: number;
  /** Weight rows that a fragment holds, one to a target. */
  readonly rows: number;
  /** Texture rows before that of the biases. */
  readonly blocks: number;
  /** GLSL: where weight row `row` lies, as `ivec2(texture row, layer)`. */
  readonly place: string;
}

/** Enough fragments to fill a GPU, but no more partial sums than are worth adding up. */
const WANTED_FRAGMENTS = 16_384;
const MOST_SPLITS = 64;

/** Into how many parts `terms` things to sum over are cut, when a part takes `fragments` fragments. */
export function splitsFor(terms: number, fragments: number): number {
  const most = Math.min(Math.ceil(WANTED_FRAGMENTS / fragments), MOST_SPLITS, terms);
  // As many as are really needed when each takes the same number of terms.
  return Math.ceil(terms / Math.ceil(terms / most));
}

/** Weight rows in order, `maxTargets` to a fragment, when there are `terms` things to sum over. */
export function rowsInOrder(weights: WeightLayout, terms: number, maxTargets: number): PartialLayout {
  const blocks = Math.ceil(weights.biasRow / maxTargets);
  const splits = splitsFor(terms, blocks * weights.columns);
  return { splits, rows: maxTargets, blocks, place: `ivec2(row / ${maxTargets}, row % ${maxTargets})` };
}

/** The texture of the partial sums. */
export function partialExtent(weights: WeightLayout, { splits, rows, blocks }: PartialLayout): Extent {
  return { width: splits * weights.columns, height: blocks + 1, layers: rows };
}
