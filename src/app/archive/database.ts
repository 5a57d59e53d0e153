/** The one database of the app in the browser (IndexedDB). What it holds is said in records.ts and its neighbours. */
const NAME = 'fitting-room';

/**
 * Raised when the stores below change. A database of a newer version is refused and left as it is. The form of what is in the
 * stores has versions of its own, one for each kind of record.
 */
const VERSION = 3;

/**
 * One store for each kind of record. `about` has the current run, which tab writes, and whether what the first versions kept was
 * moved here.
 */
const STORES = ['run', 'answers', 'steps', 'checkpoint', 'queue', 'draft', 'drawing', 'setting', 'about'] as const;

/** The index by which large records are listed without being read. */
export const LISTING = 'listing';

/** What it tells: of a checkpoint when it was written, as a count, its bytes, and the version of its form; of answers the last two. */
const LISTED = { checkpoint: ['written', 'bytes', 'version'], answers: ['bytes', 'version'] } as const;

/** The database cannot be used at all. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly reason: 'unavailable' | 'newer';

  constructor(reason: 'unavailable' | 'newer', cause?: unknown) {
    super(reason === 'newer' ? 'The database was written by a newer version of the app.' : 'There is no database.', {
      cause,
    });
    this.reason = reason;
  }
}

/** The database, opened when it is first needed, and again after the browser has closed it. */
export class Database {
  #opened: Promise<IDBDatabase> | null = null;

  /** Rejects with a DatabaseError. */
  open(): Promise<IDBDatabase> {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  async #open(): Promise<IDBDatabase> {
    try {
      const database = await openDatabase();
      const forget = () => {
        this.#opened = null;
      };
      database.onclose = forget;
      // A newer version of the app in another tab is not held up, and neither is whoever clears the storage.
      database.onversionchange = () => {
        database.close();
        forget();
      };
      return database;
    } catch (error) {
      this.#opened = null;
      const isNewer = error instanceof DOMException && error.name === 'VersionError';
      throw new DatabaseError(isNewer ? 'newer' : 'unavailable', error);
    }
  }
}

/** A promise of its own, so that a browser that throws at once rejects it. */
async function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    const { result } = request;
    for (const name of STORES) {
      if (result.objectStoreNames.contains(name)) continue;
      const store = result.createObjectStore(name);
      if (name === 'checkpoint' || name === 'answers') store.createIndex(LISTING, [...LISTED[name]]);
    }
  };
  return resultOf(request);
}

/** What a request gives. */
export function resultOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Resolves when all of a transaction is on its way to the disk, and rejects where none of it is. */
export function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    // An abort follows each error that nobody has handled, and can come alone, as where the disk is full.
    transaction.onabort = () => reject(transaction.error ?? new DOMException('Writing was interrupted.', 'AbortError'));
  });
}
