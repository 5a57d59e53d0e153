import { DATA_CACHE } from '../core/site/agreement.ts';

/** Bytes kept from one visit to the next. No method ever rejects: a cache that fails behaves as if it were empty. */
export interface ByteCache {
  read(url: string): Promise<Uint8Array<ArrayBuffer> | null>;
  write(url: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
}

/**
 * A cache on the browser's Cache API, or one that keeps nothing where there is none (browsers give it to https and
 * localhost only), where it is forbidden, or where the disk is full.
 */
export function openByteCache(storage: CacheStorage | undefined): ByteCache {
  const open = async () => storage?.open(DATA_CACHE);
  return {
    read: (url) =>
      otherwiseNull(async () => {
        const found = await (await open())?.match(url);
        return found === undefined ? null : new Uint8Array(await found.arrayBuffer());
      }),
    write: async (url, bytes) => {
      await otherwiseNull(async () => (await open())?.put(url, new Response(bytes)));
    },
  };
}

async function otherwiseNull<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch {
    return null;
  }
}
