import { countText, estimateText } from '../text/number-text.ts';
import type { Setup } from '../training/setup.ts';
import type { Lesson, LessonRun } from './lesson.ts';

/** The seconds that a run of a lesson should take at most. */
const MOST_SECONDS = 60;

/** All runs of a lesson, that of the change too, with what they train: slow devices train the shorter ones. */
export function sizedRuns({ runs, change }: Lesson, isShort: boolean): readonly LessonRun[] {
  return [...runs, change.run].map((run) => (isShort ? { ...run, setup: run.shortSetup } : run));
}

/** Whether runs that would take so many seconds each are too long for a lesson. */
export function areTooLong(seconds: readonly number[]): boolean {
  return Math.max(...seconds) > MOST_SECONDS;
}

/** What is shorter in the runs of a lesson on a slow device, as a sentence; the longest would have taken so many seconds. */
export function shortenedText({ runs }: Lesson, seconds: number): string {
  const what = [...new Set(runs.flatMap((run) => differences(run.setup, run.shortSetup)))];
  return `At the full size a run would take ${estimateText(seconds)} on this device, so the runs are shorter: ${what.join(', ')}.`;
}

function differences({ recipe, dataset }: Setup, { recipe: short }: Setup): readonly string[] {
  const { many } = dataset.words.sample;
  return [
    ...(short.trainingImages === recipe.trainingImages
      ? []
      : [`${countText(short.trainingImages)} instead of ${countText(recipe.trainingImages)} ${many}`]),
    ...(short.epochs === recipe.epochs ? [] : [`${short.epochs} instead of ${recipe.epochs} epochs`]),
  ];
}
