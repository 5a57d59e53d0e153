import type { Setup } from '../training/setup.ts';
import type { Condition } from './outcome.ts';

/** A run of a lesson: what people call it, and what it trains. */
export interface LessonRun {
  /** Names it in conditions and sentences: lower-case letters. */
  readonly id: string;
  readonly name: string;
  readonly setup: Setup;
  /** What slow devices train instead, where that is another one. */
  readonly shortSetup: Setup;
  /** The id of the run before it whose weights it begins with; left out for new ones. */
  readonly from?: string | undefined;
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

/** A prediction that chooses one of some options. */
export interface OptionPrediction {
  readonly kind: 'options';
  readonly options: readonly LessonOption[];
  /** The first that holds is what was measured; the last always does. */
  readonly outcomes: readonly LessonOutcome[];
  /** The option that the explanation is about. */
  readonly usual: string;
}

/** What can be sketched of a run: its validation curve. */
export type SketchedFigure = 'accuracy' | 'loss';

/** A prediction that draws how the validation curve of a run will go. */
export interface SketchPrediction {
  readonly kind: 'sketch';
  /** The id of the run. */
  readonly run: string;
  readonly figure: SketchedFigure;
  /** The upper end of the chart. */
  readonly most: number;
  /** What the explanation is about. */
  readonly usual: readonly Condition[];
}

/** The one change that is tried afterwards. */
export interface LessonChange {
  readonly text: string;
  readonly run: LessonRun;
  /** What it usually shows. */
  readonly shows: readonly Condition[];
}

/** A lesson: a question that is predicted first, then decided by runs. Texts are Markdown; `{run.figure}` in them is measured. */
export interface Lesson {
  readonly id: string;
  readonly title: string;
  readonly minutes: number;
  /** The question, and why it is one. */
  readonly question: string;
  /** What is to be predicted, as a question. */
  readonly prompt: string;
  readonly prediction: OptionPrediction | SketchPrediction;
  /** Trained one after the other. */
  readonly runs: readonly LessonRun[];
  /** Whether its runs are judged on the test set at their end. */
  readonly judgesTest: boolean;
  /** What its runs usually show beside that: without it the explanation would be of an effect that is not there. */
  readonly shows: readonly Condition[];
  /** Why it came out so. */
  readonly why: string;
  readonly change: LessonChange;
  /** What was learned, in one sentence with figures. */
  readonly learned: string;
}
