import type { Lesson } from './lesson.ts';
import { allHold, type MeasuredRuns, measuredOption } from './outcome.ts';

/** Whether it came out as the explanation of a lesson says. */
export function isUsual({ prediction, shows }: Pick<Lesson, 'prediction' | 'shows'>, runs: MeasuredRuns): boolean {
  const isPredicted =
    prediction.kind === 'options'
      ? measuredOption(prediction.outcomes, runs) === prediction.usual
      : allHold(prediction.usual, runs);
  return isPredicted && allHold(shows, runs);
}
