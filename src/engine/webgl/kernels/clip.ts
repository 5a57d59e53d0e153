import { float, type Kernel } from '../kernel.ts';
import type { WeightLayout } from './conv-shape.ts';
import type { PartialLayout } from './partial.ts';
import type { Penalty } from './penalty.ts';
import { weightGradient } from './weight-gradient.ts';

/** Weight rows whose squares one fragment adds up. */
const ROWS = 16;
/** Texels side by side in the texture of sums, which the next draw adds up row by row. */
export const SQUARES_WIDTH = 64;

/** Rows of a layer's weights that are trained: from `first` to before `end`. */
export interface TrainedRows {
  readonly first: number;
  readonly end: number;
}

/** How many rows of the texture of sums a layer needs. */
export function squaresRows({ columns }: WeightLayout, { first, end }: TrainedRows): number {
  return Math.ceil((Math.ceil((end - first) / ROWS) * columns) / SQUARES_WIDTH);
}

/**
 * The squares of the gradients of a layer's trained weights, in parts. It draws the rows of the texture of sums from
 * `start` on; all layers share that texture.
 *
 * gradient: partial sums, weights [rows + 1, filters] -> [squaresRows, 64] in lane x
 */
export function gradientSquares(
  weights: WeightLayout,
  partial: PartialLayout,
  penalty: Penalty,
  rows: TrainedRows,
  start: number,
): Kernel {
  const body = `
${weightGradient(weights, partial, penalty)}
void main() {
  int place = (frag.y - ${start}) * ${SQUARES_WIDTH} + frag.x;
  int column = place % ${weights.columns};
  int first = ${rows.first} + place / ${weights.columns} * ${ROWS};
  vec4 sum = vec4(0.0);
  for (int row = first; row < min(first + ${ROWS}, ${rows.end}); row++) {
    vec4 g = weightGradient(column, row, texelFetch(weights, ivec3(column, row, 0), 0));
    sum += g * g;
  }
  o0 = vec4(dot(sum, vec4(1.0)), 0.0, 0.0, 0.0);
}`;
  return {
    name: 'gradient squares',
    body,
    inputs: { gradient: 'rgba32f', weights: 'rgba32f' },
    targets: 1,
    width: SQUARES_WIDTH,
    height: squaresRows(weights, rows),
  };
}

/** Each row's sum. squares: [height, 64] -> [height, 1] in lane x */
export function squaresByRow(height: number): Kernel {
  const body = `
void main() {
  float sum = 0.0;
  for (int x = 0; x < ${SQUARES_WIDTH}; x++) sum += texelFetch(squares, ivec3(x, frag.y, 0), 0).x;
  o0 = vec4(sum, 0.0, 0.0, 0.0);
}`;
  return { name: 'squares by row', body, inputs: { squares: 'rgba32f' }, targets: 1, width: 1, height };
}

/**
 * The factor for all gradients, so that together, as one vector, they are at most `norm` long: `norm / max(length,
 * norm)` (Pascanu, Mikolov and Bengio, arXiv:1211.5063; Keras' `global_clipnorm`).
 *
 * sums: [height, 1] -> one texel, in lane x
 */
export function clipFactor(height: number, norm: number): Kernel {
  const body = `
void main() {
  float sum = 0.0;
  for (int y = 0; y < ${height}; y++) sum += texelFetch(sums, ivec3(0, y, 0), 0).x;
  o0 = vec4(${float(norm)} / max(sqrt(sum), ${float(norm)}), 0.0, 0.0, 0.0);
}`;
  return { name: 'clip factor', body, inputs: { sums: 'rgba32f' }, targets: 1, width: 1, height: 1 };
}
