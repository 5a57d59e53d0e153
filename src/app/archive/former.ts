import { type IDBPDatabase, wrap } from 'idb';
import { FIRST_DATASET } from '../../datasets/catalogue.ts';
import type { StorageControl } from '../../state/storage.ts';
import { type Database, resultOf } from './database.ts';
import { type FoundTexts, placeOf } from './found-texts.ts';
import { checkpointFromFirst, currentFromFirst, runFromFirst, textFromFirst } from './migrations.ts';
import { problemOf } from './problem-of.ts';
import { type TextKind, VERSIONS } from './records.ts';

/** The database of the first versions: one store, with runs, weights and the number of the current run by name. */
const NAME = 'fitting-room-1';
const STORE = 'runs';

/** Under which key `about` says that everything was moved. */
const MARK = 'former';

/** A record on its way into today's database. */
interface Moved {
  readonly store: 'run' | 'checkpoint' | 'about' | TextKind;
  readonly key: string | number;
  readonly record: unknown;
}

/**
 * Moves what the first versions kept into today's database, once, in one transaction. Only when that is complete is the old
 * storage cleared. What is there already is newer and stays; what is garbage moves as it is, to be left out there.
 */
export async function moveFormer(database: Database, found: FoundTexts, storage: StorageControl): Promise<void> {
  const today = wrap(await database.open());
  if ((await today.get('about', MARK)) !== undefined) return;
  const old = await formerRecords();
  const texts = formerTexts();
  const moved = [...movedRuns(old), ...texts.flatMap((text) => text.moved ?? [])];
  const mark: Moved = { store: 'about', key: MARK, record: { version: VERSIONS.about, kind: 'about', moved: true } };
  try {
    await putAll(today, [...moved, mark]);
  } catch (error) {
    // Without the weights it may fit. The next visit tries again.
    await putAll(
      today,
      moved.filter(({ store }) => store !== 'checkpoint'),
    );
    storage.report(problemOf(error, 'checkpoint'));
    return;
  }
  for (const what of ['draft', 'drawing'] as const) {
    const count = texts.filter(({ kind, moved: record }) => kind === what && record === null).length;
    if (count > 0) storage.report({ kind: 'unreadable', what, count });
  }
  for (const { key, kind, name, text, moved: record } of texts) {
    if (record === null) continue;
    const place = placeOf(kind, name);
    if (!found.texts.has(place)) found.texts.set(place, text);
    localStorage.removeItem(key);
  }
  // Another tab with an older version of the app may still have it open: it goes when that one is closed.
  if (old.length > 0) indexedDB.deleteDatabase(NAME);
}

/** Everything in the old database, by name; nothing where there is none. */
async function formerRecords(): Promise<readonly (readonly [key: string, value: unknown])[]> {
  const database = await openFormer();
  if (database === null) return [];
  try {
    const store = database.transaction(STORE).store;
    const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
    return keys.map((key, i) => [String(key), values[i]]);
  } finally {
    database.close();
  }
}

async function openFormer(): Promise<IDBPDatabase | null> {
  const request = indexedDB.open(NAME);
  let isThere = true;
  request.onupgradeneeded = () => {
    // It is being made only by being looked for.
    isThere = false;
    request.transaction?.abort();
  };
  const opened = await resultOf(request).catch((error: unknown) => {
    if (isThere) throw error;
    return null;
  });
  if (opened === null || opened.objectStoreNames.contains(STORE)) return opened && wrap(opened);
  opened.close();
  return null;
}

function movedRuns(old: readonly (readonly [key: string, value: unknown])[]): readonly Moved[] {
  const byKey = new Map(old);
  return old.flatMap(([key, value], i): readonly Moved[] => {
    if (key === 'current') return movedCurrent(value);
    const [, kind, digits] = /^(run|weights) (\d{1,9})$/.exec(key) ?? [];
    const number = Number(digits);
    if (kind === 'run') return [{ store: 'run', key: number, record: runFromFirst(value) ?? value }];
    if (kind !== 'weights') return [];
    const run = runFromFirst(byKey.get(`run ${number}`))?.run;
    const record = run && checkpointFromFirst(value, run, i + 1);
    return [{ store: 'checkpoint', key: number, record: record ?? value }];
  });
}

function movedCurrent(value: unknown): readonly Moved[] {
  const record = currentFromFirst(value);
  return record === null ? [] : [{ store: 'about', key: 'current', record }];
}

/** The drafts, drawings and settings in the local storage, and each as a record; null where it is garbage. */
function formerTexts() {
  return localKeys().flatMap((key) => {
    const { kind, name } = nameOf(key) ?? {};
    const text = localStorage.getItem(key);
    if (kind === undefined || name === undefined || text === null) return [];
    const record = textFromFirst(kind, text);
    const moved: Moved | null = record && { store: kind, key: name, record };
    return [{ key, kind, name, text, moved }];
  });
}

/** The keys of the local storage; the draft of the very first version comes last, after those that are newer. */
function localKeys(): readonly string[] {
  try {
    return Object.keys(localStorage).toSorted((a, b) => b.length - a.length);
  } catch {
    return [];
  }
}

/** What lies under a key of the local storage; null where it is none of this. */
function nameOf(key: string): { readonly kind: TextKind; readonly name: string } | null {
  if (key === 'draft') return { kind: 'draft', name: FIRST_DATASET.spec.id };
  if (key === 'results-tab') return { kind: 'setting', name: key };
  const [, kind, name] = /^(draft|drawing) (.+)$/s.exec(key) ?? [];
  if (name === undefined) return null;
  return { kind: kind === 'draft' ? 'draft' : 'drawing', name };
}

/** Puts records where there are none yet. */
async function putAll(database: IDBPDatabase, records: readonly Moved[]): Promise<void> {
  const stores = [...new Set(records.map(({ store }) => store))];
  if (stores.length === 0) return;
  const transaction = database.transaction(stores, 'readwrite');
  for (const { store, key, record } of records) {
    const target = transaction.objectStore(store);
    if ((await target.getKey(key)) === undefined) await target.put(record, key);
  }
  transaction.commit();
  await transaction.done;
}
