import type { Answers, Confusion } from './metrics.ts';

/** The index of the largest of the probabilities [n, classes] of image `image`; the first one wins a tie, as in NumPy. */
export function argmax(probabilities: Float32Array, image: number, classes: number): number {
  const start = image * classes;
  let best = 0;
  for (let c = 1; c < classes; c++) {
    if ((probabilities[start + c] ?? 0) > (probabilities[start + best] ?? 0)) best = c;
  }
  return best;
}

/** Counts true against predicted classes. */
export function confusionOf({ labels, probabilities, classes }: Answers): Confusion {
  const counts = noCounts(classes);
  labels.forEach((label, image) => {
    const row = counts[label];
    const predicted = argmax(probabilities, image, classes);
    if (row) row[predicted] = (row[predicted] ?? 0) + 1;
  });
  return counts;
}

/** A square of zeros. */
function noCounts(classes: number): number[][] {
  return Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
}
