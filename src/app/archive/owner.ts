import { completed, type Database, resultOf } from './database.ts';
import { fieldsOf, VERSIONS } from './records.ts';

/** Under which key `about` has the tab that writes. */
const OWNER_KEY = 'owner';

/** Another tab writes: nothing was written. */
class TakenOverError extends Error {
  override readonly name = 'TakenOverError';

  constructor() {
    super('Another tab has taken over what is kept.');
  }
}

/**
 * Which tab writes. A tab that hung while its lock was taken may be about to write when it wakes up, before it hears of that:
 * therefore each writing looks at the owner in its own transaction.
 */
export class Owner {
  readonly #tab: string | null;
  #isClaimed = false;

  /** `tab`: the name of this one; null where there are no locks, and every tab writes. */
  constructor(tab: string | null) {
    this.#tab = tab;
  }

  /** From now on this tab is the one that writes. Where that cannot be written now, the next writing says it. */
  async claim(database: Database): Promise<void> {
    this.#isClaimed = false;
    if (this.#tab === null) return;
    try {
      const transaction = (await database.open()).transaction('about', 'readwrite');
      this.#put(transaction);
      transaction.commit();
      await completed(transaction);
      this.#isClaimed = true;
    } catch {
      // Whatever is in the way is in the way of the next writing as well, which tells it.
    }
  }

  /** Breaks a writing off where another tab has claimed since, before anything of it is written. Rejects with a TakenOverError. */
  async check(transaction: IDBTransaction): Promise<void> {
    if (this.#tab === null) return;
    if (!this.#isClaimed) return this.#put(transaction);
    const fields = fieldsOf(await resultOf<unknown>(transaction.objectStore('about').get(OWNER_KEY)), 'about');
    const owner = typeof fields === 'string' ? undefined : fields.found.get('owner');
    if (owner === this.#tab) return;
    transaction.abort();
    throw new TakenOverError();
  }

  #put(transaction: IDBTransaction): void {
    const record = { version: VERSIONS.about, kind: 'about', owner: this.#tab };
    transaction.objectStore('about').put(record, OWNER_KEY);
  }
}

/** Every tab writes. */
export const ANYONE = new Owner(null);
