import type { StoreApi } from 'zustand/vanilla';
import { DATA_CACHE, openScriptLock, PAGE_OPENED, USE_UPDATE } from '../core/site/agreement.ts';
import { isComplete } from '../state/data-set.ts';
import type { DataSetControl } from '../state/data-set-control.ts';
import type { Installation } from '../state/installation.ts';
import type { Runs } from '../state/runs.ts';
import { lookAgain } from './look-again.ts';

/** What is watched, and where it is written. */
export interface Watched {
  readonly store: StoreApi<Installation>;
  readonly dataSet: Pick<DataSetControl, 'store'>;
  readonly runs: { readonly store: StoreApi<Runs> };
}

/**
 * Has the browser keep the app's files, and says what it keeps and whether there is a network. Returns a function that
 * stops it.
 */
export function watchInstallation({ store, dataSet, runs }: Watched): () => void {
  const stop = new AbortController();
  const look = () => {
    const online = navigator.onLine;
    store.setState({ online });
    if (!online) void lookForData(store, dataSet);
  };
  addEventListener('online', look, { signal: stop.signal });
  addEventListener('offline', look, { signal: stop.signal });
  look();
  store.setState({ isolated: globalThis.crossOriginIsolated === true, served: cameFromServiceWorker() });
  // The dev server's files change all the time: nothing keeps them.
  if (import.meta.env.DEV) store.setState({ files: 'impossible' });
  else
    samplesHere(dataSet, stop.signal)
      .then(() => keepFiles(store, runs.store, stop.signal))
      .catch(() => store.setState({ files: 'impossible' }));
  return () => stop.abort();
}

/** Milliseconds after which the app's files are kept though samples still come. */
const PATIENCE = 5000;

/**
 * Resolves when all samples are here, or do not come soon: on a first visit, they go before what only the next one needs. Not after
 * it was stopped. Rejects where the browser allows no service worker.
 */
async function samplesHere({ store }: Watched['dataSet'], signal: AbortSignal): Promise<void> {
  if (navigator.serviceWorker.controller !== null) return;
  await new Promise<void>((resolve) => {
    const look = () => isComplete(store.getState()) && end(resolve);
    const stopLooking = store.subscribe(look);
    const timer = setTimeout(() => end(resolve), PATIENCE);
    const end = (settle?: () => void) => {
      stopLooking();
      clearTimeout(timer);
      settle?.();
    };
    signal.addEventListener('abort', () => end());
    look();
  });
}

/** Starts the new version that waits: the page is loaded again when it has taken over. */
export async function startUpdate(): Promise<void> {
  const waiting = (await navigator.serviceWorker.getRegistration())?.waiting;
  // Another page may have started it.
  if (waiting === null || waiting === undefined) return location.reload();
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting.postMessage(USE_UPDATE);
}

/** Rejects where the browser allows no service worker: in private windows, without https, or by its settings. */
async function keepFiles(store: StoreApi<Installation>, runs: StoreApi<Runs>, signal: AbortSignal): Promise<void> {
  const registration = await navigator.serviceWorker.register(new URL('service-worker.js', document.baseURI));
  const show = () => {
    const { active, installing, waiting } = registration;
    const files = active !== null ? 'kept' : installing !== null || waiting !== null ? 'storing' : 'failed';
    // Once offered, a new version stays so: when another page starts it, this one still runs the old one.
    store.setState(({ update }) => ({ files, update: update || (active !== null && waiting !== null) }));
  };
  const follow = () => {
    registration.installing?.addEventListener('statechange', show, { signal });
    show();
  };
  registration.addEventListener('updatefound', follow, { signal });
  follow();
  await holdLock(signal);
  registration.active?.postMessage(PAGE_OPENED);
  if (registration.active !== null) await lookForUpdate(registration);
  lookAgain({ runs, signal, look: () => void lookForUpdate(registration) });
}

/** Browsers look for a new version in their own time. Without a network there is none to be found. */
async function lookForUpdate(registration: ServiceWorkerRegistration): Promise<void> {
  await registration.update().catch(() => undefined);
}

/** Says for as long as this page is open which version it runs. Resolves when it is said. */
function holdLock(signal: AbortSignal): Promise<void> {
  const untilStopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  return new Promise((resolve, reject) => {
    const hold = () => {
      resolve();
      return untilStopped;
    };
    navigator.locks.request(openScriptLock(pageScript()), { mode: 'shared' }, hold).catch(reject);
  });
}

/** The page's own script, the last one: its name changes with its contents, and with those of all that it loads. */
function pageScript(): string {
  return [...document.querySelectorAll<HTMLScriptElement>('script[type="module"]')].at(-1)?.src ?? '';
}

/** Whether the service worker answered the request for this page, so that its headers were those it adds. */
function cameFromServiceWorker(): boolean {
  const [navigation] = performance.getEntriesByType('navigation');
  return navigation !== undefined && 'workerStart' in navigation && Number(navigation.workerStart) > 0;
}

/** Finds out whether all of the open data set is kept: its manifest and all shards. */
async function lookForData(store: Watched['store'], dataSet: Watched['dataSet']): Promise<void> {
  const { baseUrl, shardsTotal } = dataSet.store.getState();
  const kept = await keptFiles(baseUrl).catch(() => 0);
  store.setState({ dataKept: kept > shardsTotal });
}

async function keptFiles(baseUrl: string): Promise<number> {
  const cache = await caches.open(DATA_CACHE);
  const requests = await cache.keys();
  return requests.filter(({ url }) => url.startsWith(baseUrl)).length;
}
