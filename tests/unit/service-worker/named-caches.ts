/** Caches by name, in memory. They find by address without what follows a question mark, as the service worker asks. */
export class NamedCaches implements CacheStorage {
  readonly #caches = new Map<string, Map<string, string>>();

  /** Fills a cache with files: their contents by address. */
  fill(name: string, files: Readonly<Record<string, string>>): void {
    this.#caches.set(name, new Map(Object.entries(files)));
  }

  async open(name: string): Promise<Cache> {
    const files = this.#caches.get(name) ?? new Map<string, string>();
    this.#caches.set(name, files);
    return {
      match: async (url, options) => {
        if (options?.ignoreSearch !== true) throw new Error('A revision would not be found.');
        const text = [...files].find(([address]) => withoutSearch(address) === withoutSearch(String(url)))?.[1];
        return text === undefined ? undefined : new Response(text);
      },
      put: unused,
      add: unused,
      addAll: unused,
      delete: unused,
      keys: unused,
      matchAll: unused,
    };
  }

  async keys(): Promise<string[]> {
    return [...this.#caches.keys()];
  }

  async delete(name: string): Promise<boolean> {
    return this.#caches.delete(name);
  }

  match = unused;
  has = unused;
}

function withoutSearch(url: string): string {
  return url.replace(/\?.*/, '');
}

async function unused(): Promise<never> {
  throw new Error('The service worker does not use this.');
}
