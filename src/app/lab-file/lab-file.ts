import { strFromU8, strToU8, type Zippable, zipSync } from 'fflate';
import { entriesOfJson, outsideJson } from '../../core/sharing/outside-json.ts';
import { readShared } from '../../core/sharing/shared-setup.ts';
import { isFiniteCheckpoint } from '../../core/training/checkpoint.ts';
import type { KeptText, LabReading } from '../../features/lab-files.ts';
import type { FoundRun } from '../../state/adopt-runs.ts';
import { unzip, type ZipFiles } from '../../ui/base/unzip.ts';
import { runFromFormer } from '../archive/migrations.ts';
import { textOf as textOfRecord, textRecord } from '../archive/records.ts';
import { checkpointOf, checkpointRecord, runOf, runRecord } from '../archive/run-records.ts';
import { packRecord, unpackRecord } from './record-json.ts';

/*
 * A lab as a file, a zip: docs/file-format.md. Runs and checkpoints are the records that the browser's database has, with the
 * same versions, so that the same schemas and migrations read them.
 */

const FORMAT = 'fitting-room';
const VERSION = 1;
const INDEX = 'lab.json';
const ASSIGNMENT = 'assignment.json';

/** What a file may have at most. */
const LIMITS = { files: 5000, bytes: 1024 ** 3, json: 64 * 1024 ** 2, texts: 1000 } as const;

const KINDS = ['draft', 'drawing', 'setting'] as const;

const NOT_ONE =
  'This is not a file that Fitting Room saved, or it is damaged. Choose one whose name ends in .fitting-room.';
const NEWER =
  'This file was saved by a newer version of Fitting Room. Reload the page to get that version, then open it again.';
const TOO_LARGE =
  'This file would take more than 1 GB of memory, so it is not opened. Save single runs of that lab instead.';

/** What goes into a file. */
export interface LabToSave {
  /** The draft, as `sharedText` writes it. */
  readonly shared: string;
  readonly runs: readonly FoundRun[];
  readonly texts: readonly KeptText[];
}

/** A lab as the bytes of a file. */
export function writeLab(lab: LabToSave): Uint8Array<ArrayBuffer> {
  return zipped(filesOfLab(lab));
}

/** An assignment as the bytes of a file; `shared`: what it begins with. */
export function writeAssignment(source: string, shared: string): Uint8Array<ArrayBuffer> {
  const files = filesOfLab({ shared, runs: [], texts: [] });
  return zipped(new Map([...files, [ASSIGNMENT, bytesOf(source)]]));
}

/** Files as the bytes of a zip. */
export function zipped(files: ZipFiles): Uint8Array<ArrayBuffer> {
  // Weights hardly get smaller.
  const entries = [...files].map(([name, bytes]) => [name, name.endsWith('.bin') ? [bytes, { level: 0 }] : bytes]);
  const zip: Zippable = Object.fromEntries(entries);
  return Uint8Array.from(zipSync(zip));
}

/** A lab as the files of a zip. */
export function filesOfLab({ shared, runs, texts }: LabToSave): ZipFiles {
  const index = {
    format: FORMAT,
    version: VERSION,
    draft: shared,
    runs: runs.map(({ run }) => run.number),
    texts: texts.map(({ kind, name, text }) => ({ kind, name, record: textRecord(kind, text) })),
  };
  const files = new Map([[INDEX, bytesOf(JSON.stringify(index))]]);
  for (const { run, checkpoint } of runs) {
    const record = { run: runRecord(run), checkpoint: checkpoint && checkpointRecord(checkpoint, 0) };
    const { json, bytes } = packRecord(record);
    files.set(`runs/${run.number}.json`, bytesOf(json));
    files.set(`runs/${run.number}.bin`, bytes);
  }
  return files;
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(strToU8(text));
}

/** Reads what `writeLab` writes. Nothing is unpacked before it is known how much it will be. */
export function readLab(bytes: Uint8Array<ArrayBuffer>): LabReading {
  const files = unzipped(bytes);
  return typeof files === 'string' ? { problem: files } : labIn(files);
}

/** The lab in the files of a zip. */
export function labIn(files: ZipFiles): LabReading {
  const index = entriesOfJson(outsideJson(textOf(files, INDEX)));
  const [version, numbers, draft] = [index.get('version'), index.get('runs'), index.get('draft')];
  if (index.get('format') !== FORMAT || typeof version !== 'number') return { problem: NOT_ONE };
  if (version > VERSION) return { problem: NEWER };
  if (typeof draft !== 'string' || !Array.isArray(numbers) || numbers.length > LIMITS.files)
    return { problem: NOT_ONE };
  const reading = readShared(draft);
  if ('problem' in reading) return { problem: NOT_ONE };
  const found = numbers.map((number: unknown) => runIn(files, number));
  if (found.includes('newer')) return { problem: NEWER };
  const runs = found.filter((run) => typeof run !== 'string');
  const unreadable = found.length - runs.length;
  const assignment = textOf(files, ASSIGNMENT) || null;
  const whole = runs.map(withoutNaN);
  const withoutWeights = whole.filter((run, i) => run !== runs[i]).length;
  const texts = textsOf(index);
  return { contents: { shared: reading.shared, runs: whole, texts, unreadable, withoutWeights, assignment } };
}

function runIn(files: ZipFiles, number: unknown): FoundRun | 'newer' | 'unreadable' {
  if (typeof number !== 'number') return 'unreadable';
  const json = textOf(files, `runs/${number}.json`);
  const record = entriesOfJson(unpackRecord({ json, bytes: files.get(`runs/${number}.bin`) ?? new Uint8Array() }));
  const run = runOf(runFromFormer(record.get('run')), number);
  if (typeof run === 'string') return run;
  const kept = record.get('checkpoint') ?? null;
  const checkpoint = kept === null ? null : checkpointOf(kept);
  if (checkpoint === 'newer') return 'newer';
  return { run: run.found, checkpoint: typeof checkpoint === 'string' ? null : (checkpoint?.found ?? null) };
}

/** A run without weights that are no numbers: it can be looked at, but nothing can be computed with them. */
function withoutNaN(found: FoundRun): FoundRun {
  const { run, checkpoint } = found;
  return checkpoint === null || isFiniteCheckpoint(checkpoint) ? found : { run, checkpoint: null };
}

function textsOf(index: ReadonlyMap<string, unknown>): readonly KeptText[] {
  const list = index.get('texts');
  if (!Array.isArray(list)) return [];
  return list.slice(0, LIMITS.texts).flatMap((entry: unknown) => {
    const given = entriesOfJson(entry);
    const kind = KINDS.find((known) => known === given.get('kind'));
    const name = given.get('name');
    const text = kind === undefined ? 'unreadable' : textOfRecord(given.get('record'), kind);
    // One of another version is left out: it is not what the file was saved for.
    return kind === undefined || typeof name !== 'string' || typeof text === 'string'
      ? []
      : [{ kind, name, text: text.found }];
  });
}

/** The files of a zip; a sentence where it is none, or too large. */
export function unzipped(bytes: Uint8Array<ArrayBuffer>): ZipFiles | string {
  const files = unzip(bytes, {
    ...LIMITS,
    isWanted: () => true,
    most: (name) => (name.endsWith('.json') ? LIMITS.json : LIMITS.bytes),
  });
  if (files === 'too large') return TOO_LARGE;
  return files === 'damaged' ? NOT_ONE : files;
}

/** The text of one of the files; empty where there is none. */
export function textOf(files: ZipFiles, name: string): string {
  const contents = files.get(name);
  return contents === undefined ? '' : strFromU8(contents);
}
