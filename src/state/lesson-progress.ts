import * as v from 'valibot';

/** The steps of a lesson, in order. */
export const LESSON_STEPS = ['question', 'predict', 'run', 'why', 'change', 'learned', 'done'] as const;

/** A step of a lesson. */
export type LessonStep = (typeof LESSON_STEPS)[number];

/** How far somebody is in a lesson. */
export interface LessonProgress {
  readonly step: LessonStep;
  /** The id of the option that was predicted; null before it was. Locked when the runs begin. */
  readonly predicted: string | null;
  /** The answer to `Why?` in own words. */
  readonly answer: string;
  /** Whether the explanation was looked at, after which it stays. */
  readonly compared: boolean;
}

/** A lesson that nobody has begun. */
export const NOT_BEGUN: LessonProgress = { step: 'question', predicted: null, answer: '', compared: false };

/** The longest answer that is kept. */
export const MOST_WORDS = 5000;

const schema = v.object({
  step: v.picklist(LESSON_STEPS),
  predicted: v.nullable(v.pipe(v.string(), v.maxLength(40))),
  answer: v.pipe(v.string(), v.maxLength(MOST_WORDS)),
  compared: v.boolean(),
});

/** The progress that a kept text stands for; that of the beginning where it is none. */
export function parseProgress(text: string | null): LessonProgress {
  if (text === null) return NOT_BEGUN;
  try {
    return v.parse(schema, JSON.parse(text));
  } catch {
    return NOT_BEGUN;
  }
}

/** The step after a step; the last one is its own. */
export function stepAfter(step: LessonStep): LessonStep {
  return LESSON_STEPS[LESSON_STEPS.indexOf(step) + 1] ?? step;
}
