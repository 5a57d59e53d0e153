import type { Bind } from './binding.ts';

/** In JavaScript, rounded after each operation as the tape has it. */
export const penalty: Bind<'penalty'> = ({ recording, operation: { inputs, outputs, attributes }, at }) => {
  const [start, loss] = [at(inputs.weight) / 4, at(outputs.metrics) / 4];
  const { count } = attributes;
  const [l1, l2] = [Math.fround(attributes.l1), Math.fround(attributes.l2)];
  recording.compute((floats) => {
    let [sizes, squares] = [0, 0];
    for (let i = start; i < start + count; i++) {
      const weight = floats[i] ?? 0;
      sizes += Math.abs(weight);
      squares += Math.fround(weight * weight);
    }
    const value = Math.fround(Math.fround(Math.fround(sizes) * l1) + Math.fround(Math.fround(squares) * l2));
    floats[loss] = (floats[loss] ?? 0) + value;
  });
};

export const penaltyGradient: Bind<'penaltyGradient'> = ({ recording, operation, at }) => {
  const { inputs, outputs, attributes } = operation;
  const [weights, gradients] = [at(inputs.weight) / 4, at(outputs.gradient) / 4];
  const { count } = attributes;
  const [l1, slope] = [Math.fround(attributes.l1), Math.fround(2 * attributes.l2)];
  recording.compute((floats) => {
    for (let i = 0; i < count; i++) {
      const weight = floats[weights + i] ?? 0;
      floats[gradients + i] = Math.fround(sign(weight) * l1) + Math.fround(weight * slope);
    }
  });
};

/** -1, 0 or 1; 0 for what is no number. */
function sign(x: number): number {
  if (x < 0) return -1;
  return x > 0 ? 1 : 0;
}
