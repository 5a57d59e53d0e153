/** The one database of the app in the browser (IndexedDB). What it holds is said in records.ts and its neighbours. */
const NAME = 'fitting-room';

/**
 * Raised when the stores below change. A database of a newer version is refused and left as it is. The form of what is in the
 * stores has versions of its own, one for each kind of record.
 */
const VERSION = 1;

/** One store for each kind of record. `about` has the current run, and whether what the first versions kept was moved here. */
const STORES = ['run', 'checkpoint', 'draft', 'drawing', 'setting', 'about'] as const;

/**
 * The index of the checkpoints by which they are listed without their weights: when each was written, as a count, its bytes,
 * and the version of its form.
 */
export const LISTING = 'listing';
const LISTING_PATH = ['written', 'bytes', 'version'];

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
    for (const name of STORES) request.result.createObjectStore(name);
    request.transaction?.objectStore('checkpoint').createIndex(LISTING, LISTING_PATH);
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
