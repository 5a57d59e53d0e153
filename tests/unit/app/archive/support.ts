import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { vi } from 'vitest';
import { completed, resultOf } from '../../../../src/app/archive/database.ts';

/** A browser in which nothing was stored yet. */
export function emptyBrowser(): void {
  globalThis.indexedDB = new IDBFactory();
}

/** Makes a database of the app as another version of it could have left it: records by store and key. */
export async function storeRecords(
  records: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  { name = 'fitting-room', version = 1, bare = false } = {},
): Promise<void> {
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = () => {
    const today = bare ? [] : ['run', 'checkpoint', 'draft', 'drawing', 'setting', 'about'];
    const stores = new Set([...today, ...Object.keys(records)]);
    for (const store of stores) {
      const made = request.result.createObjectStore(store);
      if (store === 'checkpoint') made.createIndex('listing', ['written', 'bytes', 'version']);
    }
  };
  const database = await resultOf(request);
  for (const [store, entries] of Object.entries(records)) {
    const transaction = database.transaction(store, 'readwrite');
    for (const [key, value] of Object.entries(entries)) {
      transaction.objectStore(store).put(value, /^\d+$/.test(key) ? Number(key) : key);
    }
    await completed(transaction);
  }
  database.close();
}

/** Everything in a store of the app's database, by key. */
export async function storedRecords(store: string, name = 'fitting-room'): Promise<Record<string, unknown>> {
  const database = await resultOf(indexedDB.open(name));
  const transaction = database.transaction(store).objectStore(store);
  const [keys, values] = [await resultOf(transaction.getAllKeys()), await resultOf(transaction.getAll())];
  database.close();
  return Object.fromEntries(keys.map((key, i) => [String(key), values[i]]));
}

/** A local storage with some texts by key, as a map that shows what is in it. */
export function localStorageOf(texts: Readonly<Record<string, string>>): Map<string, string> {
  const map = new Map(Object.entries(texts));
  const methods = {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, text: string) => void map.set(key, text),
    removeItem: (key: string) => void map.delete(key),
  };
  const store = new Proxy(methods, {
    ownKeys: () => [...map.keys()],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  });
  vi.stubGlobal('localStorage', store);
  return map;
}

/** From now on no transaction of a database has room, until the mock that comes back is restored. */
export function fillDisk(database: IDBDatabase) {
  const begin = database.transaction.bind(database);
  return vi.spyOn(database, 'transaction').mockImplementation((...options) => {
    const transaction = begin(...options);
    if (transaction.mode === 'readonly') return transaction;
    Object.defineProperty(transaction, 'error', { value: new DOMException('No room.', 'QuotaExceededError') });
    transaction.commit = () => transaction.abort();
    return transaction;
  });
}
