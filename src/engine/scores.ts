import type { Judgement } from '../core/evaluation/evaluation.ts';
import { argmax } from '../core/evaluation/metrics.ts';
import { CROSS_ENTROPY, type LossSpec } from './tape/loss.ts';

/** Softmax of logits [n, classes], row by row, worked out in double precision. */
export function softmaxRows(logits: Float32Array, classes: number): Float32Array<ArrayBuffer> {
  const probabilities = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += classes) {
    const row = logits.subarray(start, start + classes);
    const logSum = logSumExp(row);
    row.forEach((logit, c) => {
      probabilities[start + c] = Math.exp(logit - logSum);
    });
  }
  return probabilities;
}

/** Mean loss, without penalties, and accuracy of logits [n, classes] against labels [n], in double precision. */
export function judge(
  logits: Float32Array,
  labels: Uint8Array,
  classes: number,
  spec: LossSpec = CROSS_ENTROPY,
): Judgement {
  let loss = 0;
  let hits = 0;
  labels.forEach((label, image) => {
    const row = logits.subarray(image * classes, (image + 1) * classes);
    loss += lossOf(row, label, spec);
    if (argmax(logits, image, classes) === label) hits += 1;
  });
  return { loss: loss / labels.length, accuracy: hits / labels.length };
}

/** The loss of one image, as training has it for a batch. */
function lossOf(row: Float32Array, label: number, { loss, labelSmoothing }: LossSpec): number {
  const logSum = logSumExp(row);
  const target = (c: number) => (c === label ? 1 - labelSmoothing : 0) + labelSmoothing / row.length;
  return row.reduce((sum, logit, c) => {
    if (loss === 'meanSquaredError') return sum + (Math.exp(logit - logSum) - target(c)) ** 2 / row.length;
    return sum + target(c) * (logSum - logit);
  }, 0);
}

function logSumExp(row: Float32Array): number {
  const largest = Math.max(...row);
  return largest + Math.log(row.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
}
