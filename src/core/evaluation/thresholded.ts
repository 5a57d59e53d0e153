import type { Noun } from '../dataset/spec.ts';
import { numberText } from '../text/number-text.ts';
import { argmax } from './confusion.ts';
import { type Answers, averageOf, type ClassificationReport, ratio, scoresOf, sum } from './metrics.ts';

/**
 * The decision rule of Malca and Sitalkil (2023): softmax outputs rounded at one half and judged as if an image could
 * have any number of labels. An image whose outputs all stay below has no answer.
 */
const THRESHOLD = 0.5;

/** The classes whose probability is above one half: at most one of a softmax. */
function classesAbove({ probabilities, classes }: Answers, image: number): readonly number[] {
  const row = probabilities.subarray(image * classes, (image + 1) * classes);
  return [...row.keys()].filter((c) => (row[c] ?? 0) > THRESHOLD);
}

/**
 * What scikit-learn's `classification_report` makes of one-hot labels and thresholded outputs. The samples average takes
 * each image's own precision, recall and F1.
 */
export function thresholdedReport(given: Answers): ClassificationReport {
  const { labels } = given;
  const answers = Array.from(labels, (_, image) => classesAbove(given, image));
  const count = (of: (image: number, label: number) => boolean) =>
    labels.reduce((total, label, image) => total + (of(image, label) ? 1 : 0), 0);
  const gives = (image: number, c: number) => answers[image]?.includes(c) === true;
  const classes = Array.from({ length: given.classes }, (_, c) => ({
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
function undecidedCount(given: Answers): number {
  return [...given.labels.keys()].filter((image) => classesAbove(given, image).length === 0).length;
}

/**
 * Why taking the largest output gives other figures, in sentences, with the figures of these predictions. `sample`: what they
 * are about.
 */
export function thresholdedSentence(given: Answers, sample: Noun): string {
  const { labels, probabilities, classes } = given;
  const undecided = undecidedCount(given);
  if (undecided === 0)
    return `Every ${sample.one} has a class above 0.5, so this rule and the largest output give the same answers.`;
  const rescued = labels.reduce((total, label, image) => {
    const isHit = classesAbove(given, image).length === 0 && argmax(probabilities, image, classes) === label;
    return total + (isHit ? 1 : 0);
  }, 0);
  return `${numberText(undecided)} of ${numberText(labels.length)} ${sample.many} have no class above 0.5. They count as unclassified. Taking the largest output would classify them too, and would be right for ${numberText(rescued)} of them.`;
}
