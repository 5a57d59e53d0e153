import { type Database, resultOf } from './database.ts';
import { type TextKind, textOf } from './records.ts';

/** Drafts, drawings and settings as they are found in the database, by `placeOf`. */
export class FoundTexts {
  readonly texts = new Map<string, string>();
  /** Records that are no texts of today. */
  readonly left: { readonly what: TextKind; readonly place: string; readonly as: 'newer' | 'unreadable' }[] = [];
  /** Kinds that cannot be read, and why. */
  readonly failures: { readonly what: TextKind; readonly error: unknown }[] = [];

  /** The highest number that a run has. */
  lastRun = 0;

  /** Reads all of a kind. Never rejects. */
  async find(database: Database, what: TextKind): Promise<void> {
    try {
      const store = (await database.open()).transaction(what).objectStore(what);
      const [names, records] = await Promise.all([resultOf(store.getAllKeys()), resultOf<unknown[]>(store.getAll())]);
      names.forEach((name, i) => {
        const reading = textOf(records[i], what);
        const place = placeOf(what, String(name));
        if (typeof reading === 'string') this.left.push({ what, place, as: reading });
        else this.texts.set(place, reading.found);
      });
    } catch (error) {
      this.failures.push({ what, error });
    }
  }

  /** Reads all of some kinds again, and forgets what was found of them before. Never rejects. */
  async findAgain(database: Database, kinds: readonly TextKind[]): Promise<void> {
    for (const place of [...this.texts.keys()]) {
      if (kinds.some((kind) => place.startsWith(placeOf(kind, '')))) this.texts.delete(place);
    }
    this.left.length = 0;
    await Promise.all(kinds.map((kind) => this.find(database, kind)));
  }

  /** Looks for the highest number of a run. Never rejects: where it cannot be read, it is taken for 0. */
  async findLastRun(database: Database): Promise<void> {
    try {
      const transaction = (await database.open()).transaction(['run', 'checkpoint']);
      const requests = [
        transaction.objectStore('run').getAllKeys(),
        transaction.objectStore('checkpoint').getAllKeys(),
      ];
      const keys = (await Promise.all(requests.map(resultOf))).flat();
      this.lastRun = Math.max(0, ...keys.filter((key) => typeof key === 'number'));
    } catch (error) {
      this.failures.push({ what: 'draft', error });
    }
  }

  /** A text; null where there is none, or it is not known yet. */
  read(kind: TextKind, name: string): string | null {
    return this.texts.get(placeOf(kind, name)) ?? null;
  }
}

/** Where a text is, as one word for kind and name. */
export function placeOf(kind: TextKind, name: string): string {
  return `${kind} ${name}`;
}
