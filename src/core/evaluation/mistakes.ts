import { type Decision, decidedClass } from './binary/decision.ts';
import { argmax } from './confusion.ts';
import type { Evaluation } from './evaluation.ts';

/** What a network said of one image. */
export interface ImageAnswer {
  /** Where the image is in its split. */
  readonly index: number;
  /** Its row in the evaluation. */
  readonly row: number;
  /** True class. */
  readonly label: number;
  readonly predicted: number;
  /** Probability of the predicted class. */
  readonly confidence: number;
}

/** Which answers to look at; what is left out lets everything through. */
export interface AnswerFilter {
  readonly label?: number | undefined;
  readonly predicted?: number | undefined;
  readonly outcome?: 'right' | 'wrong' | undefined;
  /** Both ends belong to it, 0 ... 1. */
  readonly confidence?: readonly [lowest: number, highest: number] | undefined;
}

/** How answers are sorted. */
export type AnswerOrder = 'mostConfident' | 'leastConfident' | 'index';

/**
 * Every image of an evaluation with its answer, in the evaluation's order: the class of the largest probability, or of two
 * classes the one that a decision gives.
 */
export function answersOf(evaluation: Evaluation, decision: Decision | null = null): readonly ImageAnswer[] {
  const { indices, labels, probabilities, classes } = evaluation;
  return Array.from(labels, (label, row) => {
    const predicted = decision ? decidedClass(evaluation, row, decision) : argmax(probabilities, row, classes);
    const confidence = probabilities[row * classes + predicted] ?? 0;
    return { index: indices[row] ?? 0, row, label, predicted, confidence };
  });
}

/** The answers that pass the filter. A cell of the confusion matrix is a filter of a true and a predicted class. */
export function filtered(answers: readonly ImageAnswer[], filter: AnswerFilter): readonly ImageAnswer[] {
  const { label, predicted, outcome, confidence: [lowest, highest] = [0, 1] } = filter;
  return answers.filter(
    (answer) =>
      (label === undefined || answer.label === label) &&
      (predicted === undefined || answer.predicted === predicted) &&
      (outcome === undefined || (answer.label === answer.predicted) === (outcome === 'right')) &&
      answer.confidence >= lowest &&
      answer.confidence <= highest,
  );
}

/** The answers in order; equal ones by their place in the data set. */
export function sorted(answers: readonly ImageAnswer[], order: AnswerOrder): readonly ImageAnswer[] {
  const sign = { mostConfident: -1, leastConfident: 1, index: 0 }[order];
  return answers.toSorted((a, b) => sign * (a.confidence - b.confidence) || a.index - b.index);
}
