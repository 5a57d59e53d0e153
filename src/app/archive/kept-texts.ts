import type { StorageControl } from '../../state/storage.ts';
import { completed, type Database } from './database.ts';
import { type FoundTexts, placeOf } from './found-texts.ts';
import { ANYONE, type Owner } from './owner.ts';
import { problemOf } from './problem-of.ts';
import { type TextKind, textRecord } from './records.ts';

const KINDS = ['draft', 'drawing', 'setting'] as const;

/** A text to write; null to forget what was there. It is made when it is written. */
type MakeText = () => string | null;

/** A record to write, and where. */
interface Waiting {
  readonly kind: TextKind;
  readonly name: string;
  readonly make: MakeText;
}

/**
 * Keeps drafts, drawings and settings in the database, by kind and name. They are written at once: while a transaction is under
 * way only the newest of each waits for it. What cannot be written is tried again with the next change.
 */
export class KeptTexts {
  readonly #database: Database;
  readonly #storage: StorageControl;
  readonly #found: FoundTexts;
  readonly #owner: Owner;
  #waiting = new Map<string, Waiting>();
  /** What is being written. */
  #underWay: ReadonlyMap<string, Waiting> = new Map();
  /** The transaction that waits to hear whose the database is. */
  #checking: IDBTransaction | null = null;
  /** What a later writing has taken over. */
  readonly #takenOver = new WeakSet<ReadonlyMap<string, Waiting>>();
  #busy = false;
  /** Whether this tab writes. Until that is known, what is written waits. */
  #mode: 'waits' | 'writes' | 'drops' = 'writes';
  #writing = Promise.resolve();
  readonly #listeners = new Set<() => void>();
  /** Called when all is written. */
  #done: (() => void)[] = [];

  /** `found`: what was there. */
  constructor(database: Database, found: FoundTexts, storage: StorageControl, owner: Owner = ANYONE) {
    this.#owner = owner;
    this.#database = database;
    this.#found = found;
    this.#storage = storage;
    this.tell();
  }

  read(kind: TextKind, name: string): string | null {
    return this.#found.read(kind, name);
  }

  /** Writes a text, or nothing where a newer version of the app has written there. */
  write(kind: TextKind, name: string, make: MakeText): void {
    if (this.#mode === 'drops') return;
    this.#waiting.set(placeOf(kind, name), { kind, name, make });
    if (!this.#busy && this.#mode === 'writes') this.#begin();
  }

  /** Writes a text from elsewhere where there is none, and tells who listens. */
  adopt(kind: TextKind, name: string, text: string): void {
    if (this.#mode === 'drops' || this.read(kind, name) !== null) return;
    this.#found.texts.set(placeOf(kind, name), text);
    this.write(kind, name, () => text);
    for (const listener of this.#listeners) listener();
  }

  /** Writes what waits without waiting any longer, and what is under way: the page is about to go, and may hear of nothing more. */
  flush(): void {
    if (this.#mode !== 'writes') return;
    const entries = new Map([...this.#underWay, ...this.#waiting]);
    this.#waiting.clear();
    // A transaction whose page is gone before it hears anything would take those behind it with it.
    if (this.#checking !== null) {
      this.#takenOver.add(this.#underWay);
      breakOff(this.#checking);
      this.#checking = null;
    }
    if (entries.size > 0)
      this.#writing = Promise.all([this.#writing, this.#writeAll(entries, true)]).then(() => undefined);
  }

  /** From now on what is written waits, until it is known whether this tab writes. */
  hold(): void {
    this.#mode = 'waits';
  }

  /** This tab writes: also what has waited. */
  open(): void {
    this.#mode = 'writes';
    if (this.#waiting.size > 0 && !this.#busy) this.#begin();
    this.#tellDone();
  }

  /** Writes what waits, and nothing after that: another tab will. Resolves when nothing is under way any more. */
  async close(): Promise<void> {
    if (this.#waiting.size > 0 && !this.#busy) this.#begin();
    this.#mode = 'drops';
    await this.#writing;
    this.abandon();
  }

  /** Whether all is written, once nothing is under way. */
  async written(): Promise<boolean> {
    await this.#writing;
    return this.#waiting.size === 0;
  }

  /** Calls back when all that there was to write is written, or another tab writes. */
  onceWritten(done: () => void): void {
    this.#done.push(done);
    this.#tellDone();
  }

  /** Another tab writes: what waits is dropped. */
  abandon(): void {
    this.#mode = 'drops';
    this.#waiting.clear();
    this.#tellDone();
  }

  #tellDone(): void {
    if (this.#mode === 'waits' || this.#busy || this.#waiting.size > 0) return;
    const done = this.#done;
    this.#done = [];
    for (const each of done) each();
  }

  /** Reads everything again, as another tab has left it, and tells who listens. */
  async reread(): Promise<void> {
    this.#waiting.clear();
    await this.#found.findAgain(this.#database, KINDS);
    this.tell();
    for (const listener of this.#listeners) listener();
  }

  /** Hears when everything was read again; the function that comes back ends that. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #begin(): void {
    this.#writing = this.#writeWaiting();
  }

  /** Tells the storage what was found: how much it is, and what is left out. */
  tell(): void {
    const { left, failures } = this.#found;
    for (const what of KINDS) {
      for (const kind of ['newer', 'unreadable'] as const) {
        const count = left.filter((record) => record.what === what && record.as === kind).length;
        if (count > 0) this.#storage.report({ kind, what, count });
      }
    }
    for (const { what, error } of failures) this.#storage.report(problemOf(error, what));
    this.#count();
  }

  /** A text of a kind says nothing of what it should. It stays until another one is written there. */
  leaveOut(what: TextKind): void {
    this.#storage.report({ kind: 'unreadable', what, count: 1 });
  }

  async #writeWaiting(): Promise<void> {
    this.#busy = true;
    this.#underWay = this.#waiting;
    this.#waiting = new Map();
    const isWritten = await this.#writeAll(this.#underWay, false);
    this.#underWay = new Map();
    this.#busy = false;
    if (isWritten && this.#waiting.size > 0) await this.#writeWaiting();
    else if (isWritten) this.#tellDone();
  }

  /** Whether all of it is written; if not, it waits for the next change. */
  async #writeAll(entries: ReadonlyMap<string, Waiting>, isLast: boolean): Promise<boolean> {
    try {
      await this.#put(entries, isLast);
      for (const { kind } of entries.values()) this.#storage.succeed(kind);
      this.#count();
      return true;
    } catch (error) {
      if (this.#takenOver.has(entries)) return true;
      // What was changed meanwhile is newer.
      this.#waiting = new Map([...entries, ...this.#waiting]);
      for (const { kind } of entries.values()) this.#storage.report(problemOf(error, kind));
      return false;
    }
  }

  /** `isLast`: the page may be gone before it hears whose the database is. Whoever leaves it does not hang. */
  async #put(entries: ReadonlyMap<string, Waiting>, isLast: boolean): Promise<void> {
    const { texts, left } = this.#found;
    const transaction = (await this.#database.open()).transaction([...KINDS, 'about'], 'readwrite');
    if (!isLast) await this.#check(transaction);
    for (const [place, { kind, name, make }] of entries) {
      if (left.some((record) => record.as === 'newer' && record.place === place)) continue;
      const text = make();
      if (text === null) texts.delete(place);
      else texts.set(place, text);
      if (text === null) transaction.objectStore(kind).delete(name);
      else transaction.objectStore(kind).put(textRecord(kind, text), name);
    }
    transaction.commit();
    await completed(transaction);
  }

  async #check(transaction: IDBTransaction): Promise<void> {
    this.#checking = transaction;
    try {
      await this.#owner.check(transaction);
    } finally {
      if (this.#checking === transaction) this.#checking = null;
    }
  }

  #count(): void {
    const bytes = { draft: 0, drawing: 0, setting: 0 };
    for (const kind of KINDS) {
      for (const [place, text] of this.#found.texts) if (place.startsWith(`${kind} `)) bytes[kind] += text.length;
    }
    this.#storage.count(bytes);
  }
}

function breakOff(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It has ended by itself.
  }
}
