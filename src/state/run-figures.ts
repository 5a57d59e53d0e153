import type { Judgement } from '../core/evaluation/evaluation.ts';
import type { CurvePoint } from '../core/training/curves.ts';
import type { EpochRecord } from './epoch-record.ts';
import type { Run } from './run.ts';

/** The best that a run did on its validation images. */
export interface Best {
  /** The lowest loss. */
  readonly loss: number;
  /** The epoch of the lowest loss, the first one on a tie. */
  readonly epoch: number;
  /** The highest accuracy, which may be that of another epoch. */
  readonly accuracy: number;
}

/** The best of a run; undefined while no epoch of it was validated. */
export function bestOf({ epochs }: Run): Best | undefined {
  const validated = epochs.flatMap(({ epoch, validation }) => (validation ? [{ epoch, ...validation }] : []));
  const [first, ...others] = validated;
  if (first === undefined) return undefined;
  const { loss, epoch } = others.reduce((best, next) => (next.loss < best.loss ? next : best), first);
  return { loss, epoch, accuracy: Math.max(...validated.map(({ accuracy }) => accuracy)) };
}

/** On which images a run is judged at the end of each epoch, both in inference mode. */
export type JudgedSet = 'validation' | 'trainSample';

/** How a figure went from epoch to epoch; epochs that were not judged are left out. */
export function judgedCurve(
  epochs: readonly EpochRecord[],
  set: JudgedSet,
  figure: keyof Judgement,
): readonly CurvePoint[] {
  return epochs.flatMap(({ epoch, [set]: judged }) => (judged ? [{ epoch, value: judged[figure] }] : []));
}
