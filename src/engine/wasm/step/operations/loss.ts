import type { OperationOf } from '../../../step/operation.ts';
import type { Bind } from './binding.ts';
import { crossEntropy, largestPlace, squaredError } from './loss-rows.ts';

/** In JavaScript, rounded after each operation as the tape has it. */
export const loss: Bind<'loss'> = ({ recording, operation: { inputs, outputs, attributes }, at }) => {
  const { batch, columns } = attributes;
  const [logits, labels] = [at(inputs.logits) / 4, at(inputs.labels) / 4];
  const weights = inputs.weights && at(inputs.weights) / 4;
  const [gradient, metrics] = [at(outputs.dlogits) / 4, at(outputs.metrics) / 4];
  const { numbers, addRow, scale } = rulesOf(attributes);
  // The logit of a single column stands beside a 0.
  const first = columns === 1 ? 1 : 0;
  const row = new Float32Array(first + columns);
  recording.compute((floats) => {
    const { ints } = recording.processor;
    let [sum, hits] = [0, 0];
    for (let sample = 0; sample < batch; sample++) {
      row.fill(0);
      const start = logits + sample * columns;
      row.set(floats.subarray(start, start + columns), first);
      const label = ints[labels + sample] ?? 0;
      if (largestPlace(row) === label) hits += 1;
      const weight = weights === null ? 1 : (floats[weights + sample] ?? 0);
      sum = addRow({ row, label, weight, ...numbers }, sum);
      floats.set(row.subarray(first), gradient + sample * columns);
    }
    floats[metrics] = Math.fround(sum) * scale;
    floats[metrics + 1] = hits;
  });
};

function rulesOf({ batch, columns, loss, smoothing }: OperationOf<'loss'>['attributes']) {
  const classes = Math.max(columns, 2);
  const [size, spread] = [batch * classes, smoothing / classes];
  const targets = { on: Math.fround(1 - smoothing + spread), off: Math.fround(spread) };
  if (loss === 'meanSquaredError') {
    return { numbers: { ...targets, size, scale: Math.fround(2 / size) }, addRow: squaredError, scale: 1 };
  }
  const numbers = { ...targets, size, scale: Math.fround(1 / batch) };
  return { numbers, addRow: crossEntropy, scale: Math.fround(-1 / batch) };
}
