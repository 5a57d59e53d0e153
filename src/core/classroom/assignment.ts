import type { LessonReference } from '../lessons/lesson-reference.ts';
import type { SharedSetup } from '../sharing/shared-setup.ts';
import type { GoalCondition } from './goal.ts';
import { excessOf, type NetworkRule, type NetworkSizes } from './network-rule.ts';
import type { Rules } from './rules.ts';

/** What is to be handed in. */
export interface Wanted {
  /** Whether a run is. */
  readonly run: boolean;
  /** What is to be predicted before the first run, in Markdown; an empty text for nothing. */
  readonly prediction: string;
  /** Questions to be answered in words, each in Markdown. */
  readonly questions: readonly string[];
}

/** What an instructor writes of an assignment; texts are Markdown. */
export interface AssignmentForm {
  readonly title: string;
  readonly text: string;
  readonly rules: Rules;
  readonly network: NetworkRule;
  /** All of it has to hold; none: there is no goal. */
  readonly goal: readonly GoalCondition[];
  readonly wanted: Wanted;
  /** A lesson that is part of it. */
  readonly lesson: LessonReference | null;
}

/** A task that an instructor set. */
export interface Assignment extends AssignmentForm {
  /** Random. */
  readonly id: string;
  /** The network and the recipe to begin with. */
  readonly start: SharedSetup;
  /** The text that it was read from: what its hash is of. */
  readonly source: string;
}

/** What an assignment lacks before it can be given out, as a sentence; null where nothing. `sizes`: of the network to begin with. */
export function lackOf({ title, wanted, rules, network }: AssignmentForm, sizes: NetworkSizes): string | null {
  if (title.trim() === '') return 'Give it a title.';
  if (wanted.questions.some((question) => question.trim() === '')) return 'A question is empty: write or remove it.';
  if (!wanted.run && wanted.prediction.trim() === '' && wanted.questions.length === 0)
    return 'Say what is to be handed in: a run, a prediction or answers.';
  const wrong = [...rules].some(([, rule]) => rule.kind === 'limited' && !(rule.min <= rule.max));
  if (wrong) return 'A limit has a smallest value above its largest.';
  const excess = network.kind === 'limited' ? excessOf(sizes, network) : null;
  return excess && `${excess} Begin with a smaller one, or allow more.`;
}
