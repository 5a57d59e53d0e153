import {
  blend as blendKernel,
  lengthOfSquares,
  matrixStep,
  shortened,
  squareParts,
  squares,
} from '../kernels/matrix.ts';
import type { Lower } from './lower.ts';

/** One draw. */
export const blend: Lower<'blend'> = ({ inputs, outputs, attributes: { a, b } }, at) => {
  const { layout, place } = at.valueOf(inputs.x);
  const y = at.imagesOf(inputs.y, layout);
  at.draw(blendKernel(layout, y.layout, a, b), { x_value_: place, y_value_: y.place }, [at.put(outputs.z, layout)]);
};

/** Three draws: squares in parts, the length, and the values. */
export const toUnitLength: Lower<'toUnitLength'> = ({ inputs, outputs, attributes: { epsilon } }, at) => {
  const { layout, place } = at.readableOf(inputs.x);
  const parts = squareParts(layout);
  const sums = at.scratch('squares', { width: parts, height: 1, layers: 1 });
  const size = at.scratch('length', { width: 1, height: 1, layers: 1 });
  at.draw(squares(layout), { x: place }, [sums]);
  at.draw(lengthOfSquares(parts, epsilon), { squares: sums }, [size]);
  at.draw(shortened(layout), { v_: place, size }, [at.put(outputs.y, layout)]);
};

/** One draw, of a kernel without its biases, and of its velocity. */
export const updateMatrix: Lower<'updateMatrix'> = ({ inputs, attributes: { scale, optimizer } }, at) => {
  const { layout } = at.pairOf(inputs.weight);
  const [rows, columns] = [layout.taps * layout.inputs, layout.filters];
  const gradient = at.vectorsOf(inputs.gradient, rows, columns);
  const direction = at.vectorsOf(inputs.direction, rows, columns);
  const kept = { weights: at.lasting(inputs.weight), velocity: at.lasting(inputs.velocity) };
  const next = [inputs.weight, inputs.velocity].map((buffer) => at.lasting(buffer, 'next'));
  at.draw(matrixStep(layout, optimizer), { ...kept, gradient: gradient.place, direction: direction.place }, next, {
    uniforms: ({ learningRate, weightDecay }) => ({ rate: learningRate * scale, decay: learningRate * weightDecay }),
  });
};
