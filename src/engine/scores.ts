import { argmax } from '../core/evaluation/confusion.ts';
import type { Evaluation, Judgement } from '../core/evaluation/evaluation.ts';
import { CROSS_ENTROPY, type LossSpec } from '../core/training/recipe.ts';

/** Logits [n, classes] in the outputs [n, width] of a last layer: those of a single column z are 0 and z. */
export function logitsIn(outputs: Float32Array<ArrayBuffer>, width: number): Float32Array<ArrayBuffer> {
  if (width > 1) return outputs;
  const logits = new Float32Array(2 * outputs.length);
  outputs.forEach((z, i) => {
    logits[2 * i + 1] = z;
  });
  return logits;
}

/** Softmax of logits [n, classes], row by row, worked out in double precision. */
export function softmaxRows(logits: Float32Array, classes: number): Float32Array<ArrayBuffer> {
  const probabilities = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += classes) {
    const logSum = logSumExp(logits.subarray(start, start + classes));
    for (let i = start; i < start + classes; i++) probabilities[i] = Math.exp((logits[i] ?? 0) - logSum);
  }
  return probabilities;
}

/** What logits [n, classes] of chosen samples come to. */
export function evaluationOf(
  { set, indices, labels }: Pick<Evaluation, 'set' | 'indices' | 'labels'>,
  logits: Float32Array,
  classes: number,
  loss: LossSpec,
): Evaluation {
  const probabilities = softmaxRows(logits, classes);
  return { set, indices, labels, classes, ...judge(logits, labels, classes, loss), probabilities };
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
    loss += lossOf(logits.subarray(image * classes, (image + 1) * classes), label, spec);
    if (argmax(logits, image, classes) === label) hits += 1;
  });
  return { loss: loss / labels.length, accuracy: hits / labels.length };
}

/** The loss of one image, as training has it for a batch. */
function lossOf(row: Float32Array, label: number, { loss, labelSmoothing }: LossSpec): number {
  const logSum = logSumExp(row);
  const isSquared = loss === 'meanSquaredError';
  const share = labelSmoothing / row.length;
  let sum = 0;
  // A loop: calling a function for each logit takes several times as long, and judging holds training up.
  for (let c = 0; c < row.length; c++) {
    const logit = row[c] ?? 0;
    const target = (c === label ? 1 - labelSmoothing : 0) + share;
    sum += isSquared ? (Math.exp(logit - logSum) - target) ** 2 / row.length : target * (logSum - logit);
  }
  return sum;
}

function logSumExp(row: Float32Array): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < row.length; c++) largest = Math.max(largest, row[c] ?? 0);
  let sum = 0;
  for (let c = 0; c < row.length; c++) sum += Math.exp((row[c] ?? 0) - largest);
  return largest + Math.log(sum);
}
