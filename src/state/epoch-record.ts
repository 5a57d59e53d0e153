import { confusionOf } from '../core/evaluation/confusion.ts';
import type { Judgement } from '../core/evaluation/evaluation.ts';
import type { Confusion } from '../core/evaluation/metrics.ts';
import type { EpochReport } from '../protocol/events.ts';

/** What is kept of an epoch. */
export interface EpochRecord {
  readonly epoch: number;
  readonly step: number;
  readonly trainSample: Judgement | null;
  readonly validation: Judgement | null;
  readonly confusion: Confusion | null;
  /** Spent on training steps until its end. */
  readonly seconds: number;
  /** Spent on judging at its end; left out where it is not known. */
  readonly judgingSeconds?: number;
}

/** What is kept of a report, after so many seconds of training steps. */
export function recordOf(report: EpochReport, seconds: number): EpochRecord {
  const { epoch, step, trainSample, validation, judgingSeconds } = report;
  const judged = validation && { loss: validation.loss, accuracy: validation.accuracy };
  const confusion = validation && confusionOf(validation);
  return {
    epoch,
    step,
    trainSample,
    validation: judged,
    confusion,
    seconds,
    ...(judgingSeconds !== undefined && { judgingSeconds }),
  };
}
