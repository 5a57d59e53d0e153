import type { Page } from '@playwright/test';

/** A file of the app's site that runs nothing: from it the storage of the site can be changed while the app is not open. */
const QUIET = './favicon.svg';

/** Records by store and key; numbers are keys as they are. */
type Records = Readonly<Record<string, readonly (readonly [key: string | number, value: unknown])[]>>;

/** A database of the site. Typed arrays in it come as `{ Float32Array: numbers }`. */
export interface SiteDatabase {
  readonly name: string;
  readonly version?: number;
  /** All of it where it is new; else the records are put into the stores that there are. */
  readonly records: Records;
}

/** Leaves the app, and changes what the site has stored. */
export async function plantStorage(
  page: Page,
  { databases = [], texts = {} }: { readonly databases?: readonly SiteDatabase[]; readonly texts?: object },
): Promise<void> {
  await page.goto(QUIET);
  await page.evaluate(
    async ({ databases: all, texts: entries }) => {
      const ARRAYS = { Float32Array, Uint8Array, Uint32Array };
      const revive = (value: unknown): unknown => {
        if (Array.isArray(value)) return value.map(revive);
        if (typeof value !== 'object' || value === null) return value;
        const pairs = Object.entries(value);
        const kind = ARRAYS[pairs[0]?.[0] as keyof typeof ARRAYS];
        if (kind !== undefined && pairs.length === 1) return kind.from(pairs[0]?.[1]);
        return Object.fromEntries(pairs.map(([key, each]) => [key, revive(each)]));
      };
      for (const [key, text] of Object.entries(entries)) localStorage.setItem(key, String(text));
      for (const { name, version, records } of all) {
        const request = indexedDB.open(name, version);
        request.onupgradeneeded = () => {
          for (const store of Object.keys(records)) {
            if (!request.result.objectStoreNames.contains(store)) request.result.createObjectStore(store);
          }
        };
        const database = await new Promise<IDBDatabase>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
        const transaction = database.transaction(Object.keys(records), 'readwrite');
        for (const [store, list] of Object.entries(records)) {
          for (const [key, value] of list) transaction.objectStore(store).put(revive(value), key);
        }
        await new Promise((resolve, reject) => {
          transaction.oncomplete = resolve;
          transaction.onabort = () => reject(transaction.error);
        });
        database.close();
      }
    },
    { databases, texts },
  );
}

/** What lies in a store of a database of the site, by key; null where there is no such database. */
export async function readStore(page: Page, name: string, store: string): Promise<Record<string, unknown> | null> {
  return page.evaluate(
    async ([databaseName, storeName]) => {
      const known = await indexedDB.databases();
      if (!known.some((each) => each.name === databaseName)) return null;
      const database = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open(databaseName);
        request.onsuccess = () => resolve(request.result);
      });
      const objects = database.transaction(storeName).objectStore(storeName);
      const [keys, values] = await Promise.all(
        [objects.getAllKeys(), objects.getAll()].map(
          (request) =>
            new Promise<unknown[]>((resolve) => {
              request.onsuccess = () => resolve(request.result);
            }),
        ),
      );
      database.close();
      return Object.fromEntries((keys ?? []).map((key, i) => [String(key), values?.[i]]));
    },
    [name, store] as const,
  );
}
