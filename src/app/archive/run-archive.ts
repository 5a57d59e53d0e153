import { type IDBPDatabase, unwrap, wrap } from 'idb';
import type { Checkpoint } from '../../core/training/checkpoint.ts';
import type { ReadAnswers } from '../../state/answers.ts';
import type { Archive, ArchiveChange, KeptRuns, Written } from '../../state/archive.ts';
import { checkpointBytes } from '../../state/checkpoints.ts';
import type { ReadSteps } from '../../state/curves.ts';
import { type Run, withoutAnswers } from '../../state/run.ts';
import type { RecordKind, StorageControl } from '../../state/storage.ts';
import { type Database, LISTING } from './database.ts';
import { KeptAnswers } from './kept-answers.ts';
import { readSteps, requestSteps } from './kept-steps.ts';
import { runFromFormer } from './migrations.ts';
import { ANYONE, type Owner } from './owner.ts';
import { type Reading, VERSIONS } from './records.ts';
import {
  answersOf,
  bytesOf,
  checkpointOf,
  checkpointRecord,
  currentOf,
  currentRecord,
  runOf,
  runRecord,
} from './run-records.ts';

/** Bytes that the checkpoints of all runs may take, and those of one run. */
export interface Room {
  readonly all: number;
  readonly one: number;
}

/** Reading and writing more of one run again and again would hold up its training. */
const ROOM: Room = { all: 256 * 1024 ** 2, one: 64 * 1024 ** 2 };

const STORES = ['run', 'answers', 'steps', 'checkpoint', 'about'] as const;

/** A checkpoint in the archive. */
interface Listed {
  readonly written: number;
  readonly bytes: number;
}

/** Runs in the browser's own database. What they take, and what is left out of them, it tells `storage`. */
export class RunArchive implements Archive {
  readonly #database: Database;
  readonly #storage: StorageControl;
  readonly #owner: Owner;
  readonly #room: Room;
  /** Bytes of each run's record. */
  readonly #runs = new Map<number, number>();
  readonly #answers = new KeptAnswers();
  /** The checkpoints, in the order in which they were written. */
  readonly #checkpoints = new Map<number, Listed>();
  /** The runs whose checkpoints are of a newer version of the app, which are never written over. */
  readonly #newer = new Set<number>();
  #unreadable = 0;
  /** Whether it can be written which run is the current one. */
  #keepsCurrent = true;

  constructor(database: Database, storage: StorageControl, { owner = ANYONE, room = ROOM } = {}) {
    this.#database = database;
    this.#storage = storage;
    this.#owner = owner;
    this.#room = room;
  }

  async load(): Promise<KeptRuns> {
    const transaction = (await this.#open()).transaction(STORES);
    const [keys, records, taken, about] = await Promise.all([
      transaction.objectStore('run').getAllKeys(),
      transaction.objectStore('run').getAll(),
      transaction.objectStore('checkpoint').getAllKeys(),
      transaction.objectStore('about').get('current'),
    ]);
    const listing = transaction.objectStore('checkpoint').index(LISTING);
    for (let entry = await listing.openKeyCursor(); entry !== null; entry = await entry.continue()) {
      this.#list(entry.primaryKey, entry.key);
    }
    for (const key of taken) {
      const isListed = typeof key === 'number' && this.#checkpoints.has(key);
      if (!isListed) this.#leaveOut(key, checkpointOf(await transaction.objectStore('checkpoint').get(key)));
    }
    const answers = transaction.objectStore('answers').index(LISTING);
    for (let entry = await answers.openKeyCursor(); entry !== null; entry = await entry.continue()) {
      this.#answers.list(entry.primaryKey, entry.key);
    }
    const { runs, older } = this.#runsOf(keys, records);
    const numbers = new Set(runs.map(({ number }) => number));
    const current = currentOf(about);
    this.#keepsCurrent = current !== 'newer';
    this.#count();
    return {
      runs,
      older,
      checkpoints: new Set([...this.#checkpoints.keys()].filter((number) => numbers.has(number))),
      current: typeof current === 'string' ? null : current.found,
      lastNumber: Math.max(0, ...[...keys, ...taken].map((key) => (typeof key === 'number' ? key : 0))),
    };
  }

  readonly checkpoint = async (run: number): Promise<Checkpoint | null> => {
    const reading = checkpointOf(await (await this.#open()).get('checkpoint', run));
    if (typeof reading !== 'string') return reading.found;
    if (this.#checkpoints.has(run)) this.#leaveOut(run, reading);
    return null;
  };

  readonly answers: ReadAnswers = async (run, set) => {
    const value: unknown = await (await this.#open()).get('answers', [run, set]);
    const reading = value === undefined ? null : answersOf(value);
    if (reading === null) return null;
    if (typeof reading !== 'string') return reading.found.set === set ? reading.found : null;
    this.#storage.report({ kind: reading, what: 'run', count: 1 });
    return null;
  };

  readonly steps: ReadSteps = async (run) => readSteps(await this.#open(), run);

  async write(change: ArchiveChange): Promise<Written> {
    const heavy = [...change.checkpoints].filter(([, checkpoint]) => checkpointBytes(checkpoint) > this.#room.one);
    if (heavy.length > 0) this.#storage.report({ kind: 'tooHeavy', runs: heavy.map(([run]) => run) });
    const left = new Set([...heavy.map(([run]) => run), ...this.#newer]);
    const checkpoints = new Map([...change.checkpoints].filter(([run]) => !left.has(run)));
    const fresh = sum([...checkpoints.values()].map(checkpointBytes));
    const old = this.#othersThan([...checkpoints.keys(), ...change.removed]);
    const dropped = beyond(old, this.#room.all - fresh);
    const written = await this.#putOrLess({ ...change, checkpoints }, dropped);
    return { ...written, left: [...left, ...written.left] };
  }

  async #putOrLess(change: ArchiveChange, dropped: readonly number[]): Promise<Written> {
    try {
      await this.#put(change, dropped);
      return { left: [], dropped };
    } catch (error) {
      if (!isFull(error)) throw error;
      return this.#putWhatFits(change, dropped, error);
    }
  }

  /** Tries again without older checkpoints, and in the end without the new ones. Rejects where the runs alone do not fit. */
  async #putWhatFits(change: ArchiveChange, dropped: readonly number[], reason: unknown): Promise<Written> {
    const old = [...this.#othersThan([...change.checkpoints.keys(), ...change.removed, ...dropped]).keys()];
    const tries = [
      { change, dropped: [...dropped, ...old.slice(0, Math.ceil(old.length / 2))] },
      { change, dropped: [...dropped, ...old] },
      { change: { ...change, checkpoints: new Map<number, Checkpoint>() }, dropped },
    ];
    for (const attempt of tries) {
      try {
        await this.#put(attempt.change, attempt.dropped);
        if (attempt.change === change) return { left: [], dropped: attempt.dropped };
        this.#storage.report({ kind: 'full', what: 'checkpoint' });
        return { left: [...change.checkpoints.keys()], dropped };
      } catch (error) {
        if (!isFull(error)) throw error;
      }
    }
    throw reason;
  }

  /** One transaction: if the page is closed in the middle of it, nothing is changed. */
  async #put({ runs, checkpoints, steps, removed, current }: ArchiveChange, dropped: readonly number[]): Promise<void> {
    const transaction = (await this.#open()).transaction(STORES, 'readwrite');
    transaction.done.catch(() => undefined);
    await this.#owner.check(unwrap(transaction));
    const store = (name: (typeof STORES)[number]) => transaction.objectStore(name);
    let written = Math.max(0, ...[...this.#checkpoints.values()].map((listed) => listed.written));
    const listed = new Map<number, Listed>();
    const requests = this.#keepsCurrent ? [store('about').put(currentRecord(current), 'current')] : [];
    for (const run of runs) requests.push(store('run').put(runRecord(withoutAnswers(run)), run.number));
    const answers = this.#answers.changeOf(runs, removed);
    for (const [run, checkpoint] of checkpoints) {
      written++;
      listed.set(run, { written, bytes: checkpointBytes(checkpoint) });
      requests.push(store('checkpoint').put(checkpointRecord(checkpoint, written), run));
    }
    const others = [
      ...this.#answers.request(transaction.objectStore('answers'), answers),
      ...requestSteps(transaction.objectStore('steps'), steps, runs, removed),
      ...removed.map((run) => store('run').delete(run)),
      ...[...removed, ...dropped].filter((run) => !this.#newer.has(run)).map((run) => store('checkpoint').delete(run)),
    ];
    transaction.commit();
    try {
      await Promise.all([...requests, ...others, transaction.done]);
    } catch (error) {
      // Requests that were broken off do not know why.
      throw transaction.error ?? error;
    }
    this.#answers.note(answers);
    this.#note(runs, listed, removed, dropped);
  }

  /** What the archive has after a writing. */
  #note(
    runs: readonly Run[],
    listed: ReadonlyMap<number, Listed>,
    removed: readonly number[],
    dropped: readonly number[],
  ): void {
    for (const number of removed) this.#runs.delete(number);
    for (const run of runs) this.#runs.set(run.number, storedBytes(run));
    for (const number of [...removed, ...dropped, ...listed.keys()]) this.#checkpoints.delete(number);
    for (const [number, entry] of listed) this.#checkpoints.set(number, entry);
    if (dropped.length > 0) this.#tellDropped(dropped);
    this.#storage.succeed('run');
    if (listed.size > 0) this.#storage.succeed('checkpoint');
    this.#count();
  }

  #tellDropped(dropped: readonly number[]): void {
    const before = this.#storage.store.getState().problems.find((problem) => problem.kind === 'gaveWay');
    this.#storage.report({ kind: 'gaveWay', runs: [...new Set([...(before?.runs ?? []), ...dropped])] });
  }

  #runsOf(keys: readonly IDBValidKey[], records: readonly unknown[]) {
    const left = { newer: 0, unreadable: 0 };
    const older = new Set<number>();
    const runs = keys.flatMap((key, i) => {
      const record = runFromFormer(records[i]);
      const reading = runOf(record, key);
      if (typeof reading === 'string') left[reading]++;
      else if (record !== records[i]) older.add(reading.found.number);
      return typeof reading === 'string' ? [] : [reading.found];
    });
    for (const run of runs) this.#runs.set(run.number, storedBytes(run));
    for (const kind of ['newer', 'unreadable'] as const) {
      if (left[kind] > 0) this.#storage.report({ kind, what: 'run', count: left[kind] });
    }
    return { runs, older };
  }

  /** Takes a checkpoint from the index; one of a newer form stays as it is. */
  #list(run: IDBValidKey, key: IDBValidKey): void {
    const [written, bytes, version] = Array.isArray(key) ? key : [];
    const isToday = version === VERSIONS.checkpoint;
    if (isToday && typeof run === 'number' && typeof written === 'number' && typeof bytes === 'number')
      this.#checkpoints.set(run, { written, bytes });
  }

  #leaveOut(run: IDBValidKey, reading: Reading<Checkpoint>): void {
    const kind = reading === 'newer' ? reading : 'unreadable';
    if (kind === 'newer' && typeof run === 'number') this.#newer.add(run);
    if (kind === 'newer') this.#storage.report({ kind, what: 'checkpoint', count: this.#newer.size });
    else {
      this.#unreadable++;
      this.#storage.report({ kind, what: 'checkpoint', count: this.#unreadable });
    }
  }

  #othersThan(numbers: readonly number[]): ReadonlyMap<number, Listed> {
    return new Map([...this.#checkpoints].filter(([number]) => !numbers.includes(number)));
  }

  #count(): void {
    const bytes: Partial<Record<RecordKind, number>> = {
      run: sum([...this.#runs.values()]) + this.#answers.bytes,
      checkpoint: sum([...this.#checkpoints.values()].map((listed) => listed.bytes)),
    };
    this.#storage.count(bytes);
    this.#storage.store.setState({ runs: this.#runs.size });
  }

  async #open(): Promise<IDBPDatabase> {
    return wrap(await this.#database.open());
  }
}

/** Bytes of a run without its answers: its record, and 8 for each step that is a part of another. */
function storedBytes(run: Run): number {
  return bytesOf(withoutAnswers(run)) + 8 * (run.thinned?.steps ?? 0);
}

/** The runs whose checkpoints have to go, those first that were written longest ago. */
function beyond(checkpoints: ReadonlyMap<number, Listed>, room: number): readonly number[] {
  const dropped: number[] = [];
  let total = sum([...checkpoints.values()].map(({ bytes }) => bytes));
  for (const [number, { bytes }] of checkpoints) {
    if (total <= room) break;
    dropped.push(number);
    total -= bytes;
  }
  return dropped;
}

function isFull(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuotaExceededError';
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
