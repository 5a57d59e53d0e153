import type { Judgement } from '../core/evaluation/evaluation.ts';
import { argmax } from '../core/evaluation/metrics.ts';
import { CLASS_COUNT } from '../core/network/shape.ts';
import { CROSS_ENTROPY, type LossSpec } from './tape/loss.ts';

/** Softmax of logits [n, 10], row by row, worked out in double precision. */
export function softmaxRows(logits: Float32Array): Float32Array<ArrayBuffer> {
  const probabilities = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += CLASS_COUNT) {
    const row = logits.subarray(start, start + CLASS_COUNT);
    const logSum = logSumExp(row);
    row.forEach((logit, c) => {
      probabilities[start + c] = Math.exp(logit - logSum);
    });
  }
  return probabilities;
}

/** Mean loss, without penalties, and accuracy of logits [n, 10] against classes [n], in double precision. */
export function judge(logits: Float32Array, labels: Uint8Array, spec: LossSpec = CROSS_ENTROPY): Judgement {
  let loss = 0;
  let hits = 0;
  labels.forEach((label, image) => {
    const row = logits.subarray(image * CLASS_COUNT, (image + 1) * CLASS_COUNT);
    loss += lossOf(row, label, spec);
    if (argmax(logits, image) === label) hits += 1;
  });
  return { loss: loss / labels.length, accuracy: hits / labels.length };
}

/** The loss of one image, as training has it for a batch. */
function lossOf(row: Float32Array, label: number, { loss, labelSmoothing }: LossSpec): number {
  const logSum = logSumExp(row);
  const target = (c: number) => (c === label ? 1 - labelSmoothing : 0) + labelSmoothing / CLASS_COUNT;
  return row.reduce((sum, logit, c) => {
    if (loss === 'categoricalCrossentropy') return sum + target(c) * (logSum - logit);
    return sum + (Math.exp(logit - logSum) - target(c)) ** 2 / CLASS_COUNT;
  }, 0);
}

function logSumExp(row: Float32Array): number {
  const largest = Math.max(...row);
  return largest + Math.log(row.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
}
