import type { Setup } from '../training/setup.ts';
import type { Condition } from './outcome.ts';

/** A run of a lesson: what people call it, and what it trains. */
export interface LessonRun {
  /** Names it in conditions and sentences: lower-case letters. */
  readonly id: string;
  readonly name: string;
  readonly setup: Setup;
}

/** One of the answers that can be predicted. */
export interface LessonOption {
  readonly id: string;
  readonly text: string;
}

/** When an option turns out to be right: when all its conditions hold. */
export interface LessonOutcome {
  /** The id of the option. */
  readonly option: string;
  readonly when: readonly Condition[];
}

/** A lesson: a question that is predicted first, then decided by runs. Texts are Markdown; `{run.figure}` in them is measured. */
export interface Lesson {
  readonly id: string;
  readonly title: string;
  readonly minutes: number;
  /** The question, and why it is one. */
  readonly question: string;
  /** What is to be predicted, as a question. */
  readonly prediction: string;
  readonly options: readonly LessonOption[];
  /** The first that holds is what was measured; the last always does. */
  readonly outcomes: readonly LessonOutcome[];
  /** Trained one after the other. */
  readonly runs: readonly LessonRun[];
  /** Why it came out so. */
  readonly why: string;
  /** One change to try afterwards, with a run of it. */
  readonly change: { readonly text: string; readonly run: LessonRun };
  /** What was learned, in one sentence with figures. */
  readonly learned: string;
}
