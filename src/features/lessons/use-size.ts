import { isSameDataset } from '../../core/dataset/spec.ts';
import type { Lesson } from '../../core/lessons/lesson.ts';
import { areTooLong, sizedRuns } from '../../core/lessons/size.ts';
import type { LessonProgress } from '../../state/lesson-progress.ts';
import { estimateOf } from '../../state/run-estimate.ts';
import { isBusy } from '../../state/runs.ts';
import { useDatasetSpec, useLabStatus } from '../lab.tsx';
import { useSpeeds } from '../use-speeds.ts';

/** How long the runs of a lesson are on this device. */
export type LessonSize = Pick<LessonProgress, 'fullSeconds'> & { readonly isShort: boolean };

/**
 * Whether the runs of a lesson are short, so that each takes less than a minute: as it was decided when the first was trained, or else by
 * the speed of this device. That is measured while nothing trains; what has not been measured is trained at its full size.
 */
export function useSize(lesson: Lesson, { isShort, fullSeconds }: LessonProgress): LessonSize {
  const dataset = useDatasetSpec();
  const isIdle = !isBusy(useLabStatus());
  const drafts = sizedRuns(lesson, false).map(({ setup }) => ({ ...setup, presetId: '', change: '' }));
  // Only the data that are open can be trained on, to measure it.
  const measurable = drafts.filter((draft) => isSameDataset(draft.dataset, dataset));
  const { speeds } = useSpeeds(isShort === null && isIdle ? measurable : []);
  if (isShort !== null) return { isShort, fullSeconds };
  const seconds = drafts.map((draft) => estimateOf([draft], speeds) ?? 0);
  return areTooLong(seconds)
    ? { isShort: true, fullSeconds: Math.max(...seconds) }
    : { isShort: false, fullSeconds: null };
}
