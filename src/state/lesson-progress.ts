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
  /** The values of the curve that was predicted, at the epochs of a sketch; null before anything was drawn. Locked likewise. */
  readonly sketch: readonly number[] | null;
  /** Whether its runs are the short ones of a slow device; null before the first was trained. */
  readonly isShort: boolean | null;
  /** The seconds that the longest run would have taken at its full size, where that was found too long. */
  readonly fullSeconds: number | null;
  /** The answer to `Why?` in own words. */
  readonly answer: string;
  /** Whether the explanation was looked at, after which it stays. */
  readonly compared: boolean;
}

/** A lesson that nobody has begun. */
export const NOT_BEGUN: LessonProgress = {
  step: 'question',
  predicted: null,
  sketch: null,
  isShort: null,
  fullSeconds: null,
  answer: '',
  compared: false,
};

/** The longest answer that is kept. */
export const MOST_WORDS = 5000;

/** What was kept before a field existed has it as at the beginning. */
const schema = v.object({
  step: v.picklist(LESSON_STEPS),
  predicted: v.nullable(v.pipe(v.string(), v.maxLength(40))),
  sketch: v.optional(v.nullable(v.pipe(v.array(v.pipe(v.number(), v.finite())), v.maxLength(20))), null),
  isShort: v.optional(v.nullable(v.boolean()), null),
  fullSeconds: v.optional(v.nullable(v.pipe(v.number(), v.finite())), null),
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
