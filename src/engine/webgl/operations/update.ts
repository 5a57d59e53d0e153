import type { Buffer } from '../../step/buffer.ts';
import type { DrawCall } from '../draw.ts';
import {
  clipFactor,
  gradientSquares,
  SQUARES_WIDTH,
  squaresByRow,
  squaresRows,
  type TrainedRows,
} from '../kernels/clip.ts';
import { optimizerStep, optimizerUniforms } from '../kernels/optimizer.ts';
import type { WeightGradient } from '../lowering.ts';
import type { Lower } from './lower.ts';

/** One draw for a kernel with its bias, or gamma with beta, and all that the optimizer keeps beside them. */
export const update: Lower<'update'> = ({ inputs, attributes: { optimizer } }, at) => {
  const { layout, partial, place, penalty, bias } = at.gradientOf(inputs.gradient);
  const { clipFactor: factor } = at;
  const slots = inputs.slots.map((slot, i) => [`slot${i}`, at.lasting(slot)] as const);
  const uniforms = (call: DrawCall) => optimizerUniforms(optimizer, call, call.step + 1);
  // What is not drawn keeps its initial value in both textures, or is drawn by another operation.
  const biasesOnly = { x: 0, y: layout.biasRow, width: layout.columns, height: 1 };
  at.draw(
    optimizerStep(optimizer, layout, partial, penalty, factor !== null),
    { gradient: place, weights: at.lasting(inputs.weight), ...Object.fromEntries(slots), ...(factor && { factor }) },
    [inputs.weight, ...inputs.slots].map((buffer) => at.lasting(buffer, 'next')),
    { uniforms, ...(inputs.weight === bias && { area: () => biasesOnly }) },
  );
};

/** A draw for the gradients in each texture, which sums their squares, and two for the factor that the updates multiply by. */
export const clip: Lower<'clip'> = ({ inputs, attributes: { norm } }, at) => {
  const gradients = [...new Set(inputs.gradients.map((gradient) => at.gradientOf(gradient)))];
  const heights = gradients.map((gradient) => squaresRows(gradient.layout, trainedRows(gradient)));
  const height = heights.reduce((sum, rows) => sum + rows, 0);
  const squares = at.scratch('gradient squares', { width: SQUARES_WIDTH, height, layers: 1 });
  let start = 0;
  for (const [i, gradient] of gradients.entries()) {
    const { layout, partial, penalty, place } = gradient;
    const y = start;
    const kernel = gradientSquares(layout, partial, penalty, trainedRows(gradient), y);
    const area = () => ({ x: 0, y, width: kernel.width, height: kernel.height });
    at.draw(kernel, { gradient: place, weights: at.lasting(weightIn(gradient)) }, [squares], { area });
    start += heights[i] ?? 0;
  }
  const sums = at.scratch('squares by row', { width: 1, height, layers: 1 });
  const factor = at.scratch('clip factor', { width: 1, height: 1, layers: 1 });
  at.draw(squaresByRow(height), { squares }, [sums]);
  at.draw(clipFactor(height, norm), { sums }, [factor]);
  at.clipFactor = factor;
};

function weightIn({ kernel, bias }: WeightGradient): Buffer {
  const weight = kernel ?? bias;
  if (weight === null) throw new Error('A gradient is one of weights.');
  return weight;
}

function trainedRows({ layout, kernel, bias }: WeightGradient): TrainedRows {
  return { first: kernel === null ? layout.biasRow : 0, end: layout.biasRow + (bias === null ? 0 : 1) };
}
