import { classCountOf } from '../../core/dataset/spec.ts';
import { type Decision, decidedConfusion } from '../../core/evaluation/binary/decision.ts';
import { classificationReport } from '../../core/evaluation/metrics.ts';
import type { Judged } from './judged.ts';

/** What a threshold is at first. With two classes it gives the same answers as the largest output. */
export const USUAL_THRESHOLD = 0.5;

/** Which class is looked for, and from which probability on. It is kept while other tabs show. */
export interface ThresholdChoice {
  /** The id of the data set that it belongs to. */
  readonly dataset: string;
  readonly positive: number;
  readonly threshold: number;
  /** Whether the threshold was moved. */
  readonly moved: boolean;
  /** Whether it was moved while answers to the test set were shown. */
  readonly onTest: boolean;
}

/** Props of a part in which the threshold is chosen or used. */
export interface ThresholdProps {
  /** Null as long as nothing was chosen. */
  readonly choice: ThresholdChoice | null;
  readonly onChoice: (choice: ThresholdChoice | null) => void;
}

/** The choice for answers; as it is at first where it was made for another data set. */
export function choiceFor({ dataset }: Judged, choice: ThresholdChoice | null): ThresholdChoice {
  if (choice !== null && choice.dataset === dataset.id && choice.positive < classCountOf(dataset)) return choice;
  const positive = classCountOf(dataset) === 2 ? 1 : 0;
  return { dataset: dataset.id, positive, threshold: USUAL_THRESHOLD, moved: false, onTest: false };
}

/** Answers as a choice has them. */
export interface Decided extends Judged {
  /** Null where the largest probability decides. */
  readonly decision: Decision | null;
}

/** The answers as they were last counted by a threshold. */
const counted = new WeakMap<Judged['evaluation'], Decided>();

/** The answers, counted by the threshold where there are two classes and it was moved; the same value for the same choice. */
export function decided(judged: Judged, choice: ThresholdChoice | null): Decided {
  const { positive, threshold, moved } = choiceFor(judged, choice);
  if (!moved || classCountOf(judged.dataset) !== 2) return { ...judged, decision: null };
  const before = counted.get(judged.evaluation);
  if (before?.decision?.positive === positive && before.decision.threshold === threshold) return before;
  const decision = { positive, threshold };
  const confusion = decidedConfusion(judged.evaluation, decision);
  const now = { ...judged, confusion, report: classificationReport(confusion), decision };
  counted.set(judged.evaluation, now);
  return now;
}
