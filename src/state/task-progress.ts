import * as v from 'valibot';
import type { Assignment } from '../core/classroom/assignment.ts';
import { outsideJson } from '../core/sharing/outside-json.ts';
import { readAssignment } from './assignment-text.ts';

/** The longest answer, and the longest name, that is kept. */
export const MOST_TYPED = { answer: 10_000, student: 120 } as const;

/** How far somebody is with an assignment. */
export interface TaskProgress {
  /** The text of the assignment. */
  readonly source: string;
  /** The draft that came before it, as `draftText` writes it. */
  readonly before: string;
  /** The draft within it when it was left; null where it was not. */
  readonly draft: string | null;
  /** The first number that its runs can have. */
  readonly firstRun: number;
  readonly prediction: string;
  /** Whether the prediction was first written when there was a run already. */
  readonly isLate: boolean;
  /** In the order of the questions. */
  readonly answers: readonly string[];
  /** The name that the student typed. */
  readonly student: string;
  /** The number of the run that was chosen; null where the app chooses. */
  readonly run: number | null;
}

const VERSION = 1;

const typed = v.pipe(v.string(), v.maxLength(MOST_TYPED.answer));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const schema = v.object({
  version: v.literal(VERSION),
  source: v.string(),
  before: v.string(),
  draft: v.nullable(v.string()),
  firstRun: count,
  prediction: typed,
  isLate: v.boolean(),
  answers: v.pipe(v.array(typed), v.maxLength(100)),
  student: v.pipe(v.string(), v.maxLength(MOST_TYPED.student)),
  run: v.nullable(count),
});

/** An assignment that somebody begins. */
export function begun(source: string, before: string, firstRun: number): TaskProgress {
  return { source, before, draft: null, firstRun, prediction: '', isLate: false, answers: [], student: '', run: null };
}

/** Progress as it is kept. */
export function progressText(progress: TaskProgress): string {
  return JSON.stringify({ version: VERSION, ...progress });
}

/** The progress that a kept text stands for, and its assignment; null where it is none. */
export function readProgress(
  text: string | null,
): { readonly progress: TaskProgress; readonly assignment: Assignment } | null {
  const parsed = v.safeParse(schema, text === null ? undefined : outsideJson(text));
  if (!parsed.success) return null;
  const reading = readAssignment(parsed.output.source);
  return 'problem' in reading ? null : { progress: parsed.output, assignment: reading.assignment };
}
