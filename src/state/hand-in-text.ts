import * as v from 'valibot';
import type { Assignment } from '../core/classroom/assignment.ts';
import { outsideJson } from '../core/sharing/outside-json.ts';
import { sha256 } from '../core/sharing/sha256.ts';
import { readAssignment } from './assignment-text.ts';
import { MOST_TYPED } from './task-progress.ts';

/** The version of the text. A text of a later one is refused. */
const VERSION = 1;

/** What a student hands in beside a run. */
export interface HandedIn {
  /** As it was typed. */
  readonly student: string;
  /** The text of the assignment. */
  readonly source: string;
  /** When it was handed in, by the clock of the device: ISO 8601. */
  readonly time: string;
  /** Random. */
  readonly id: string;
  /** The number of the run; null where none is handed in. */
  readonly run: number | null;
  readonly prediction: string;
  /** Whether the prediction was first written when there was a run already. */
  readonly isLate: boolean;
  /** In the order of the questions. */
  readonly answers: readonly string[];
}

/** Files by their names. */
type Files = ReadonlyMap<string, Uint8Array>;

/** What a text says of what was handed in. */
export interface HandInReading extends HandedIn {
  readonly assignment: Assignment;
  /** SHA-256 of the text of the assignment: equal ones are the same assignment. */
  readonly assignmentHash: string;
  /** Whether everything is as it was when it was handed in. */
  readonly isWhole: boolean;
}

const typed = v.pipe(v.string(), v.maxLength(MOST_TYPED.answer));

const contentSchema = v.strictObject({
  student: v.pipe(v.string(), v.maxLength(MOST_TYPED.student)),
  source: v.string(),
  assignmentHash: v.string(),
  time: v.pipe(v.string(), v.isoTimestamp()),
  id: v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{8,60}$/)),
  run: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
  prediction: typed,
  isLate: v.boolean(),
  answers: v.pipe(v.array(typed), v.maxLength(100)),
  /** The SHA-256 of each of the other files. */
  files: v.pipe(v.array(v.strictTuple([v.pipe(v.string(), v.maxLength(100)), v.string()])), v.maxLength(100)),
});

const stampSchema = v.strictObject({ version: v.literal(VERSION), content: v.string(), sha256: v.string() });

/** What is handed in as text, with a stamp over it and over the other files of the hand-in. */
export function handInText(handedIn: HandedIn, files: Files): string {
  const content = JSON.stringify({
    ...handedIn,
    assignmentHash: sha256(handedIn.source),
    files: [...files].map(([name, bytes]) => [name, sha256(bytes)]),
  });
  return JSON.stringify({ version: VERSION, content, sha256: sha256(content) });
}

/** Reads what `handInText` writes, and checks it and the other files against the stamp. */
export function readHandIn(text: string, files: Files): HandInReading | 'newer' | 'unreadable' {
  const given = outsideJson(text);
  const stamp = v.safeParse(stampSchema, given);
  if (!stamp.success) return isNewer(given) ? 'newer' : 'unreadable';
  const content = v.safeParse(contentSchema, outsideJson(stamp.output.content));
  if (!content.success) return 'unreadable';
  const { files: stamped, ...handedIn } = content.output;
  const reading = readAssignment(handedIn.source);
  if ('problem' in reading) return 'unreadable';
  const isWhole =
    sha256(stamp.output.content) === stamp.output.sha256 &&
    sha256(handedIn.source) === handedIn.assignmentHash &&
    stamped.length === files.size &&
    stamped.every(([name, hash]) => sha256(files.get(name) ?? new Uint8Array()) === hash);
  return { ...handedIn, assignmentHash: sha256(handedIn.source), assignment: reading.assignment, isWhole };
}

function isNewer(given: unknown): boolean {
  return v.safeParse(v.object({ version: v.pipe(v.number(), v.minValue(VERSION + 1)) }), given).success;
}
