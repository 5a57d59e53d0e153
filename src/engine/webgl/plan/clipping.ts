import { passOf } from '../kernel.ts';
import {
  clipFactor,
  gradientSquares,
  SQUARES_WIDTH,
  squaresByRow,
  squaresRows,
  type TrainedRows,
} from '../kernels/clip.ts';
import type { PartialLayout } from '../kernels/partial.ts';
import type { Texture } from '../texture.ts';
import type { Arena } from './arena.ts';
import type { Draw } from './draw.ts';
import type { LayerParameters } from './parameters.ts';

/** Where a layer whose gradients are clipped writes their squares, and where it reads the factor for them. */
export interface Clip {
  /** Sums of the squares of all layers. */
  readonly squares: Texture;
  /** The layer's first row of them. */
  readonly start: number;
  /** One texel, in lane x. */
  readonly factor: Texture;
}

/** The clipping of all gradients of a network together. */
export interface Clipping {
  /** The clip of the layer at each position; null where it has no weights. */
  readonly clips: readonly (Clip | null)[];
  /** The draws that compute the factor from the squares. */
  readonly draws: readonly Draw[];
}

/** Lays out the squares of all layers below each other. `layers`: by position, null where a layer has no weights. */
export function clippingOf(arena: Arena, layers: readonly (LayerParameters | null)[], norm: number): Clipping {
  const heights = layers.map((layer) => (layer === null ? 0 : squaresRows(layer.layout, trainedRows(layer))));
  const height = heights.reduce((sum, rows) => sum + rows, 0);
  const squares = arena.texture('gradient squares', { width: SQUARES_WIDTH, height, layers: 1 });
  const sums = arena.texture('squares by row', { width: 1, height, layers: 1 });
  const factor = arena.texture('clip factor', { width: 1, height: 1, layers: 1 });
  const startOf = (position: number) => heights.slice(0, position).reduce((sum, rows) => sum + rows, 0);
  return {
    clips: layers.map((layer, position) => (layer === null ? null : { squares, start: startOf(position), factor })),
    draws: [
      { pass: passOf(squaresByRow(height), { squares }, [sums]) },
      { pass: passOf(clipFactor(height, norm), { sums }, [factor]) },
    ],
  };
}

/** Writes the squares of a layer's gradients into its rows. `weights`: those of this step. */
export function squaresDraw(
  clip: Clip,
  parameters: LayerParameters,
  weights: Texture,
  gradient: Texture,
  partial: PartialLayout,
): Draw {
  const { layout, penalty } = parameters;
  const kernel = gradientSquares(layout, partial, penalty, trainedRows(parameters), clip.start);
  const { width, height } = kernel;
  return {
    pass: passOf(kernel, { gradient, weights }, [clip.squares]),
    area: () => ({ x: 0, y: clip.start, width, height }),
  };
}

function trainedRows({ layout, trainsKernel }: LayerParameters): TrainedRows {
  return { first: trainsKernel ? 0 : layout.biasRow, end: layout.biasRow + (layout.bias ? 1 : 0) };
}
