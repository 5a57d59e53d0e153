import { lengthOf } from '../../../step/buffer.ts';
import type { Bind } from './binding.ts';

/** In JavaScript, rounded after each operation as the tape has it. */
export const clip: Bind<'clip'> = ({ recording, operation: { inputs, attributes }, at }) => {
  const norm = Math.fround(attributes.norm);
  const blocks = inputs.gradients.map((gradient) => {
    const start = at(gradient) / 4;
    return { start, end: start + lengthOf(gradient) };
  });
  recording.compute((floats) => {
    let squares = 0;
    for (const { start, end } of blocks) squares = Math.fround(squares + sumOfSquares(floats, start, end));
    const length = Math.fround(Math.sqrt(squares));
    const factor = Math.fround(norm / Math.max(length, norm));
    for (const { start, end } of blocks) for (let i = start; i < end; i++) floats[i] = (floats[i] ?? 0) * factor;
  });
};

function sumOfSquares(floats: Float32Array, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum += Math.fround((floats[i] ?? 0) ** 2);
  return Math.fround(sum);
}
