import type { Evaluation } from '../../core/evaluation/evaluation.ts';
import type { Checkpoint } from '../../core/training/checkpoint.ts';
import { checkpointBytes } from '../../state/checkpoints.ts';
import type { Steps } from '../../state/curves.ts';
import type { Run } from '../../state/run.ts';
import { fieldsOf, type Reading, VERSIONS } from './records.ts';
import { parseCheckpoint, parseCurrent, parseEvaluation, parseRun } from './run-schema.ts';
import { parseSteps } from './steps-schema.ts';

/** A run as a record of today's form; its key is its number. In the database its answers are records of their own. */
export function runRecord(run: Run) {
  return { version: VERSIONS.run, kind: 'run', run } as const;
}

/** Answers of a run as a record of today's form; its key is made of the number of the run and the set. */
export function answersRecord(evaluation: Evaluation) {
  return { version: VERSIONS.answers, kind: 'answers', bytes: bytesOf(evaluation), evaluation } as const;
}

/** The answers of a record. */
export function answersOf(value: unknown): Reading<Evaluation> {
  const fields = fieldsOf(value, 'answers');
  if (typeof fields === 'string') return fields;
  const evaluation = parseEvaluation(fields.found.get('evaluation'));
  return evaluation === null ? 'unreadable' : { found: evaluation };
}

/** Steps of a run as a record of today's form; its key is made of the number of the run and the first step. */
export function stepsRecord({ losses, accuracies }: Steps) {
  return { version: VERSIONS.steps, kind: 'steps', losses, accuracies } as const;
}

/** The steps of a record. */
export function stepsOf(value: unknown): Reading<Steps> {
  const fields = fieldsOf(value, 'steps');
  if (typeof fields === 'string') return fields;
  const steps = parseSteps({ losses: fields.found.get('losses'), accuracies: fields.found.get('accuracies') });
  return steps === null ? 'unreadable' : { found: steps };
}

/** The run of a record that lies under `key`. */
export function runOf(value: unknown, key: IDBValidKey): Reading<Run> {
  const fields = fieldsOf(value, 'run');
  if (typeof fields === 'string') return fields;
  const run = parseRun(fields.found.get('run'));
  return run !== null && run.number === key ? { found: run } : 'unreadable';
}

/** A checkpoint as a record of today's form; its key is the number of its run. `written` counts all that were ever written. */
export function checkpointRecord(checkpoint: Checkpoint, written: number) {
  const bytes = checkpointBytes(checkpoint);
  return { version: VERSIONS.checkpoint, kind: 'checkpoint', written, bytes, checkpoint } as const;
}

/** The checkpoint of a record. */
export function checkpointOf(value: unknown): Reading<Checkpoint> {
  const fields = fieldsOf(value, 'checkpoint');
  if (typeof fields === 'string') return fields;
  const checkpoint = parseCheckpoint(fields.found.get('checkpoint'));
  return checkpoint === null ? 'unreadable' : { found: checkpoint };
}

/** Which run the worker holds, as a record of today's form. */
export function currentRecord(current: number | null) {
  return { version: VERSIONS.about, kind: 'about', current } as const;
}

/** The number in such a record; null where it names none. */
export function currentOf(value: unknown): Reading<number | null> {
  const fields = fieldsOf(value, 'about');
  return typeof fields === 'string' ? fields : { found: parseCurrent(fields.found.get('current')) ?? null };
}

/** About how many bytes a value takes in the database. */
export function bytesOf(value: unknown): number {
  if (typeof value === 'string') return 2 * value.length;
  if (typeof value !== 'object' || value === null) return 8;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  return Object.entries(value).reduce((sum, [name, each]) => sum + name.length + bytesOf(each), 0);
}
