/**
 * The caches of the app's files: one for each version of the app. All of one app, of which several may be on the same
 * origin, begin with its scope.
 */
export interface Versions {
  readonly caches: CacheStorage;
  /** Absolute address of the folder that the service worker serves, with a slash at the end. */
  readonly scope: string;
  /** The version of this service worker. */
  readonly version: string;
}

/** The name of the cache of this version. */
export function cacheNameOf({ scope, version }: Omit<Versions, 'caches'>): string {
  return `${prefixOf(scope)}${version}`;
}

function prefixOf(scope: string): string {
  return `fitting-room-files ${scope} `;
}

async function otherNames({ caches, scope, version }: Versions): Promise<readonly string[]> {
  const own = cacheNameOf({ scope, version });
  const names = await caches.keys();
  return names.filter((name) => name.startsWith(prefixOf(scope)) && name !== own);
}

/**
 * A file that a page or worker of another version asks for; undefined where no other version has it.
 *
 * @param asker absolute address of the script that asks: the file comes from a version that has this script, if there is
 *   one. Files such as the network that ships with the app have the same name in every version.
 */
export async function findInOtherVersions(
  url: string,
  asker: string,
  versions: Versions,
): Promise<Response | undefined> {
  const names = await otherNames(versions);
  const opened = await Promise.all(names.map((name) => versions.caches.open(name)));
  const knowsAsker = await Promise.all(opened.map((cache) => has(cache, asker)));
  const ofAsker = opened.filter((_, i) => knowsAsker[i]);
  for (const cache of [...ofAsker, ...opened]) {
    const found = await cache.match(url, ANY_REVISION);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Deletes the caches of other versions, except those that hold one of the scripts that open pages run. */
export async function forgetUnusedVersions(openScripts: readonly string[], versions: Versions): Promise<void> {
  const own = await versions.caches.open(cacheNameOf(versions));
  const foreign = await notIn(own, openScripts);
  for (const name of await otherNames(versions)) {
    const cache = await versions.caches.open(name);
    const missing = await notIn(cache, foreign);
    if (missing.length === foreign.length) await versions.caches.delete(name);
  }
}

async function notIn(cache: Cache, urls: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(urls.map((url) => has(cache, url)));
  return urls.filter((_, i) => !found[i]);
}

/** Workbox keeps a file whose name says nothing about its contents under its address with a revision behind it. */
const ANY_REVISION = { ignoreSearch: true, ignoreVary: true } as const;

async function has(cache: Cache, url: string): Promise<boolean> {
  return (await cache.match(url, ANY_REVISION)) !== undefined;
}
