import { CLASS_NAMES } from '../dataset/classes.ts';
import { CLASS_COUNT } from '../network/shape.ts';
import { numberText } from '../text/number-text.ts';
import { argmax, averageOf, type ClassificationReport, ratio, scoresOf, sum } from './metrics.ts';

/**
 * The decision rule of Malca and Sitalkil (2023): softmax outputs rounded at one half and judged as if an image could
 * have any number of labels. An image whose outputs all stay below has no answer.
 */
const THRESHOLD = 0.5;

/** The classes whose probability is above one half: at most one of a softmax. */
function classesAbove(probabilities: Float32Array, image: number): readonly number[] {
  const row = probabilities.subarray(image * CLASS_COUNT, (image + 1) * CLASS_COUNT);
  return [...row.keys()].filter((c) => (row[c] ?? 0) > THRESHOLD);
}

/**
 * What scikit-learn's `classification_report` makes of one-hot labels and thresholded outputs. The samples average takes
 * each image's own precision, recall and F1. `labels`: [n], `probabilities`: [n, 10], row-major.
 */
export function thresholdedReport(labels: Uint8Array, probabilities: Float32Array): ClassificationReport {
  const answers = Array.from(labels, (_, image) => classesAbove(probabilities, image));
  const count = (of: (image: number, label: number) => boolean) =>
    labels.reduce((total, label, image) => total + (of(image, label) ? 1 : 0), 0);
  const gives = (image: number, c: number) => answers[image]?.includes(c) === true;
  const classes = Array.from({ length: CLASS_COUNT }, (_, c) => ({
    hits: count((image, label) => label === c && gives(image, c)),
    predicted: count((image) => gives(image, c)),
    support: count((_image, label) => label === c),
  }));
  const scores = classes.map(({ hits, predicted, support }) => scoresOf(hits, predicted, support));
  const total = (figure: 'hits' | 'predicted') => sum(classes.map((counts) => counts[figure]));
  return {
    classes: scores,
    micro: scoresOf(total('hits'), total('predicted'), labels.length),
    macro: averageOf(scores, () => 1),
    weighted: averageOf(scores, ({ support }) => support),
    samples: samplesAverage(labels, answers),
    accuracy: ratio(
      count((image, label) => answers[image]?.length === 1 && gives(image, label)),
      labels.length,
    ),
    microIsAccuracy: false,
  };
}

function samplesAverage(labels: Uint8Array, answers: readonly (readonly number[])[]) {
  const images = answers.map((classes, image) => {
    const hits = classes.includes(labels[image] ?? -1) ? 1 : 0;
    return scoresOf(hits, classes.length, 1);
  });
  return averageOf(images, () => 1);
}

/** How many images have no class above one half. */
function undecidedCount(probabilities: Float32Array): number {
  const images = Array.from({ length: probabilities.length / CLASS_COUNT }, (_, image) => image);
  return images.filter((image) => classesAbove(probabilities, image).length === 0).length;
}

/** Why taking the largest output gives other figures, in sentences, with the figures of these predictions. */
export function thresholdedSentence(labels: Uint8Array, probabilities: Float32Array): string {
  const undecided = undecidedCount(probabilities);
  if (undecided === 0)
    return 'Every image has a class above 0.5, so this rule and the largest output give the same answers.';
  const rescued = labels.reduce((total, label, image) => {
    const isHit = classesAbove(probabilities, image).length === 0 && argmax(probabilities, image) === label;
    return total + (isHit ? 1 : 0);
  }, 0);
  return `${numberText(undecided)} of ${numberText(labels.length)} images have no class above 0.5. They count as found nowhere, and the matrix puts them in the column ${CLASS_NAMES[0]}. Taking the largest output answers them too, and is right for ${numberText(rescued)} of them.`;
}
