import type { DatasetSpec, Split } from '../../core/dataset/spec.ts';
import { confusionOf } from '../../core/evaluation/confusion.ts';
import { type Evaluation, splitOf } from '../../core/evaluation/evaluation.ts';
import { type ClassificationReport, type Confusion, classificationReport } from '../../core/evaluation/metrics.ts';
import type { AnsweredSet } from '../../state/answers.ts';
import type { Run } from '../../state/run.ts';
import { useAnswersOf } from '../answers.ts';

/** Which answers of the run the results are about. */
export type JudgedSet = AnsweredSet | 'training';

/** The answers to one set, counted. */
export interface Judged {
  /** Of the run. */
  readonly dataset: DatasetSpec;
  readonly set: JudgedSet;
  /** Where the images are: the test images may be what a run is validated on. */
  readonly split: Split;
  readonly evaluation: Evaluation;
  readonly confusion: Confusion;
  readonly report: ClassificationReport;
}

const counted = new WeakMap<Evaluation, Judged>();

/**
 * Answers of a run, counted once.
 * @internal Exported for tests.
 */
export function judgedOf(run: Run, set: JudgedSet, evaluation: Evaluation): Judged {
  const known = counted.get(evaluation);
  if (known !== undefined) return known;
  const { dataset, recipe } = run.draft;
  const confusion = confusionOf(evaluation);
  const split = set === 'training' ? 'train' : splitOf(set, recipe.validateOn);
  const judged = { dataset, set, split, evaluation, confusion, report: classificationReport(confusion) };
  counted.set(evaluation, judged);
  return judged;
}

/** The newest answers of the run to a set; null when there are none, undefined while they are being read. */
export function useJudged(run: Run | null, set: JudgedSet): Judged | null | undefined {
  const kept = useAnswersOf(run, set === 'training' ? 'validation' : set);
  const evaluation = set === 'training' ? trainingAnswers(run) : kept;
  if (run === null || !evaluation) return evaluation === undefined ? undefined : null;
  return judgedOf(run, set, evaluation);
}

/** None where no samples are set aside for validation: as many training samples are none. */
function trainingAnswers(run: Run | null): Evaluation | null {
  const training = run?.training;
  return training === undefined || training.labels.length === 0 ? null : training;
}
