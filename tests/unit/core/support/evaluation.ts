import type { Evaluation } from '../../../../src/core/evaluation/evaluation.ts';

/** True class, answer and its probability. */
export type AnswerRow = readonly [label: number, predicted: number, confidence: number];

/** A test evaluation of the images `first`, `first + 1` ...; what the answer leaves is shared by the other classes. */
export function evaluationOf(rows: readonly AnswerRow[], first = 100, classes = 10): Evaluation {
  const probabilities = new Float32Array(rows.length * classes);
  rows.forEach(([, predicted, confidence], image) => {
    probabilities.fill((1 - confidence) / (classes - 1), image * classes, (image + 1) * classes);
    probabilities[image * classes + predicted] = confidence;
  });
  const indices = Uint32Array.from(rows, (_, i) => first + i);
  const labels = Uint8Array.from(rows, ([label]) => label);
  return { set: 'test', loss: 0, accuracy: 0, indices, labels, probabilities, classes };
}
