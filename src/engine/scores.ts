import type { Judgement } from '../core/evaluation.ts';
import { argmax } from '../core/metrics.ts';
import { CLASS_COUNT } from '../core/shape.ts';

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

/** Mean cross-entropy and accuracy of logits [n, 10] against classes [n], in double precision. */
export function judge(logits: Float32Array, labels: Uint8Array): Judgement {
  let loss = 0;
  let hits = 0;
  labels.forEach((label, image) => {
    const row = logits.subarray(image * CLASS_COUNT, (image + 1) * CLASS_COUNT);
    loss += logSumExp(row) - (row[label] ?? 0);
    if (argmax(logits, image) === label) hits += 1;
  });
  return { loss: loss / labels.length, accuracy: hits / labels.length };
}

function logSumExp(row: Float32Array): number {
  const largest = Math.max(...row);
  return largest + Math.log(row.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
}
