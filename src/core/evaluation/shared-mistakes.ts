import type { Evaluation } from './evaluation.ts';
import { answersOf, type ImageAnswer } from './mistakes.ts';

/** A class that networks gave an image, and how many of them did. */
export interface ClassVotes {
  readonly predicted: number;
  readonly networks: number;
}

/** An image that several networks get wrong, with the answer of the first one. */
export interface SharedMistake extends ImageAnswer {
  /** How many networks were asked about it. */
  readonly asked: number;
  /** What they said: the wrong classes, the one given most often first, and the true class last where any gave it. */
  readonly said: readonly ClassVotes[];
  /** How sure those networks are on average that give the first class of `said`, 0 ... 1. */
  readonly sure: number;
}

/**
 * The evaluations that can be compared with the first one, itself included: those of at least one of its images, all
 * out of one split. Networks that answer alike to the last digit are one network trained twice, and count once.
 */
export function comparable(evaluations: readonly Evaluation[]): readonly Evaluation[] {
  const images = new Set(evaluations[0]?.indices);
  const overlapping = evaluations.filter(({ indices }) => indices.some((index) => images.has(index)));
  return overlapping.filter(({ probabilities }, i) => {
    const before = overlapping.slice(0, i);
    return !before.some((other) => sameNumbers(other.probabilities, probabilities));
  });
}

function sameNumbers(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

/**
 * The images of the first evaluation that at least `least` of the networks get wrong. First those to which all give the
 * same answer, and of these and of the others the ones that most of them agree about, and are sure of. Networks that were
 * not asked about an image do not count against it.
 */
export function sharedMistakes(evaluations: readonly Evaluation[], least = 2): readonly SharedMistake[] {
  const [own = [], ...others] = evaluations.map((evaluation) => answersOf(evaluation));
  const given = others.map((answers) => new Map(answers.map((answer) => [answer.index, answer])));
  const images = own.map((answer) => {
    const all = [answer, ...given.flatMap((answers) => answers.get(answer.index) ?? [])];
    const said = tally(all, answer.label);
    return { ...answer, asked: all.length, said, sure: sureOf(all, said[0]?.predicted) };
  });
  return images.filter((image) => wrongCount(image) >= least).toSorted(byAgreement);
}

/** Whether all networks give the image the same wrong class: the label itself may be wrong then. */
export function isUnanimous({ said }: SharedMistake): boolean {
  return said.length === 1;
}

function tally(answers: readonly ImageAnswer[], label: number): readonly ClassVotes[] {
  const counts = new Map<number, number>();
  for (const { predicted } of answers) counts.set(predicted, (counts.get(predicted) ?? 0) + 1);
  const said = Array.from(counts, ([predicted, networks]) => ({ predicted, networks }));
  const isRight = ({ predicted }: ClassVotes) => Number(predicted === label);
  return said.toSorted((a, b) => isRight(a) - isRight(b) || b.networks - a.networks || a.predicted - b.predicted);
}

function sureOf(answers: readonly ImageAnswer[], given: number | undefined): number {
  const agreeing = answers.filter(({ predicted }) => predicted === given);
  return agreeing.reduce((sum, { confidence }) => sum + confidence, 0) / agreeing.length;
}

function wrongCount({ label, said }: SharedMistake): number {
  return said.reduce((sum, { predicted, networks }) => sum + (predicted === label ? 0 : networks), 0);
}

function byAgreement(a: SharedMistake, b: SharedMistake): number {
  const most = ({ said }: SharedMistake) => said[0]?.networks ?? 0;
  const unanimous = Number(isUnanimous(b)) - Number(isUnanimous(a));
  return unanimous || most(b) - most(a) || b.sure - a.sure || a.index - b.index;
}
