import type { Checkpoint } from '../../core/training/checkpoint.ts';
import type { Run } from '../../state/run.ts';
import { liveSettings } from '../../state/run-settings.ts';
import { pixelsOfRuns } from '../run-lengths.ts';
import { type TextKind, textRecord, VERSIONS } from './records.ts';
import { checkpointRecord, currentRecord } from './run-records.ts';
import { type FirstWeights, parseCurrent, parseFirstWeights, parseRun } from './run-schema.ts';

/*
 * From each form of a record to the next, by kind. tests/fixtures/archive has an example of every form that there ever was. The
 * first forms had no version; they were in a database of one store (former.ts) and in the local storage.
 */

/** A run of the first form, `{ kind: 'run', run }`, as a record of the second; null where it is none. */
export function runFromFirst(value: unknown): { version: 2; kind: 'run'; run: Run } | null {
  const run = kindOf(value) === 'run' ? parseRun(fieldOf(value, 'run')) : null;
  return run && { version: 2, kind: 'run', run };
}

/**
 * A record of a run as one of today's form: in the second form the answers were in the record itself, up to the third it began
 * with the weights of a run or with new ones, and up to the fourth it had all its steps. The schema reads all of them. Any other
 * record comes back as it is.
 */
export function runFromFormer(value: unknown): unknown {
  const version = fieldOf(value, 'version');
  const isFormer = kindOf(value) === 'run' && (version === 2 || version === 3 || version === 4);
  return isFormer ? { version: VERSIONS.run, kind: 'run', run: fieldOf(value, 'run') } : value;
}

/**
 * The weights of a run of the first form, `{ kind: 'weights', number, snapshot }`, as a record of a checkpoint of the second;
 * null where they are none. They go on as far as the run tells.
 */
export function checkpointFromFirst(value: unknown, run: Run, written: number) {
  const weights = kindOf(value) === 'weights' ? parseFirstWeights(value) : null;
  const belongs = fieldOf(value, 'number') === run.number;
  return weights === null || !belongs ? null : checkpointRecord(completedWeights(weights, run), written);
}

function completedWeights({ snapshot, judgedEpochs, course, earlyStopping }: FirstWeights, run: Run): Checkpoint {
  const judged = run.epochs.filter(({ step }) => step <= snapshot.step).length;
  return {
    snapshot,
    judgedEpochs: judgedEpochs ?? judged,
    course: course ?? { settings: liveSettings(run), lengths: [run.draft.recipe.epochs] },
    earlyStopping: earlyStopping ?? null,
  };
}

/** Which run was the current one, `{ kind: 'current', number }`, as a record of the second form; null where it says nothing. */
export function currentFromFirst(value: unknown): ReturnType<typeof currentRecord> | null {
  const number = kindOf(value) === 'current' ? parseCurrent(fieldOf(value, 'number')) : undefined;
  return number === undefined ? null : currentRecord(number);
}

/** A text of the local storage, the first form of drafts, drawings and settings, as a record of the second; null where it is none. */
export function textFromFirst(kind: TextKind, text: string): ReturnType<typeof textRecord> | null {
  const isOne = kind === 'setting' || (kind === 'draft' ? isDraft(text) : isDrawing(text));
  return isOne ? textRecord(kind, text) : null;
}

/** Whether a text is a draft as far as can be told without its data set. */
function isDraft(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof fieldOf(value, 'network') === 'string' && typeof fieldOf(value, 'presetId') === 'string';
  } catch {
    return false;
  }
}

function isDrawing(text: string): boolean {
  const count = text.split(' ').reduce((sum, run) => sum + Number.parseInt(run, 36), 0);
  return count <= 2 ** 20 && pixelsOfRuns(text, count) !== null;
}

function kindOf(value: unknown): unknown {
  return fieldOf(value, 'kind');
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(name);
}
