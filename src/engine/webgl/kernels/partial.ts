import type { Extent } from '../fold.ts';
import type { WeightLayout } from './conv-shape.ts';

/**
 * Gradients of weights as their kernel writes them: partial sums over `splits` parts of the batch, side by side in one
 * texture. A fragment has several weight rows, one in each layer of the texture.
 */
export interface PartialLayout {
  readonly splits: number;
  /** Weight rows that a fragment computes: the layers of the texture. */
  readonly rows: number;
  readonly width: number;
  readonly height: number;
  /** GLSL: the ivec3 of texel `column` of weight row `row` in part `s`. */
  readonly weightAt: string;
  /** The same for the biases. */
  readonly biasAt: string;
  /** GLSL: whether there is such a texel for weight row `row`, where there is not one for each. */
  readonly exists?: string;
}

/** Enough fragments to fill a GPU, but no more partial sums than are worth adding up. */
const WANTED_FRAGMENTS = 16_384;
const MOST_SPLITS = 64;
/** Parts of fewer terms than these would take longer to add up than they save. */
const LEAST_TERMS = 8;

/** The number of parts that a sum over `terms` terms is split into, when a part takes `fragments` fragments. */
export function splitsFor(terms: number, fragments: number): number {
  const most = Math.min(Math.max(Math.round(WANTED_FRAGMENTS / fragments), 1), MOST_SPLITS, terms);
  // As many as are really needed when each takes the same number of terms.
  return Math.ceil(terms / Math.ceil(terms / most));
}

/** Weight rows in order, `maxTargets` to a fragment, for a sum over `terms` terms: images, or their rows. */
export function rowsInOrder(weights: WeightLayout, terms: number, maxTargets: number): PartialLayout {
  const blocks = Math.ceil(weights.biasRow / maxTargets);
  const splits = splitsFor(Math.ceil(terms / LEAST_TERMS), blocks * weights.columns);
  return stacked(weights, splits, maxTargets, blocks, `row / ${maxTargets}, row % ${maxTargets}`);
}

/** Parts side by side, `blocks` texture rows and below them the biases; `place` is a weight row's texture row and layer. */
export function stacked(
  weights: WeightLayout,
  splits: number,
  rows: number,
  blocks: number,
  place: string,
): PartialLayout {
  const x = `s * ${weights.columns} + column`;
  const width = splits * weights.columns;
  return {
    splits,
    rows,
    width,
    height: blocks + 1,
    weightAt: `ivec3(${x}, ${place})`,
    biasAt: `ivec3(${x}, ${blocks}, 0)`,
  };
}

/** The texture of the partial sums. */
export function partialExtent({ width, height, rows }: PartialLayout): Extent {
  return { width, height, layers: rows };
}
