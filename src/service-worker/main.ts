import { PrecacheController, type PrecacheEntry, PrecacheRoute } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { openScriptOf, PAGE_OPENED, USE_UPDATE } from '../core/site/agreement.ts';
import { isolated } from './isolation.ts';
import { cacheNameOf, findInOtherVersions, forgetUnusedVersions, type Versions } from './versions.ts';

declare const self: ServiceWorkerGlobalScope;

/** The files of this version of the app, and a name for the version that changes with any of them. The build puts it in. */
declare const SITE: { readonly version: string; readonly files: readonly PrecacheEntry[] };

const versions: Versions = { caches: self.caches, scope: self.registration.scope, version: SITE.version };

const files = new PrecacheController({
  cacheName: cacheNameOf(versions),
  plugins: [{ handlerWillRespond: async ({ response }) => isolated(response) }],
});
files.addToCacheList([...SITE.files]);

self.addEventListener('install', (event) => {
  // All files or none: with one missing, the browser drops this service worker and tries again on the next visit.
  event.waitUntil(files.install(event));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(takeOver());
});

/** Serves the pages that are open already, too: what they have not loaded yet is here, even without a network. */
async function takeOver(): Promise<void> {
  await self.clients.claim();
  await forgetUnused();
}

self.addEventListener('message', (event) => {
  // A new version never takes over by itself: it waits until the user says so, or until the last page is closed.
  if (event.data === USE_UPDATE) event.waitUntil(self.skipWaiting());
  if (event.data === PAGE_OPENED) event.waitUntil(forgetUnused());
});

async function forgetUnused(): Promise<void> {
  // The cache of a version that is being stored, or that waits, is in no page's use yet.
  if (self.registration.installing !== null || self.registration.waiting !== null) return;
  const { held = [] } = await self.navigator.locks.query();
  const scripts = held.map(({ name }) => openScriptOf(name ?? '')).filter((script) => script !== null);
  await forgetUnusedVersions(scripts, versions);
}

const assets = new URL('assets/', versions.scope).href;

/** Whether an address is a script or another asset of the build that this version does not have. */
function isOfOtherVersion(url: string): boolean {
  return url.startsWith(assets) && files.getCacheKeyForURL(url) === undefined;
}

// A page that was opened before an update goes on with the files of its own version. This route comes first, because some
// files, such as the network that ships with the app, have the same name in every version.
registerRoute(
  ({ request, url }) => isOfOtherVersion(url.href) || isOfOtherVersion(request.referrer),
  async ({ request }) => {
    const found = await findInOtherVersions(request.url, request.referrer, versions);
    if (found !== undefined) return isolated(found);
    return (await files.matchPrecache(request)) ?? fetch(request);
  },
);

// Everything else, such as the data set, which the training worker keeps by itself, and whatever is missing, is left to
// the network: a missing file stays missing.
registerRoute(new PrecacheRoute(files, { ignoreURLParametersMatching: [/./], cleanURLs: false }));
