// What the page, its training worker and its service worker agree on.

/** The cache in which the training worker keeps the data sets. The service worker leaves them alone. */
export const DATA_CACHE = 'fitting-room-data';

/** The page asks a new service worker, which waits, to take over: the user wants the new version. */
export const USE_UPDATE = 'use update';

/** The page tells the service worker that it is open and holds its lock, so that what nobody needs any more can go. */
export const PAGE_OPENED = 'page opened';

const LOCK_PREFIX = 'open script ';

/**
 * The name of the Web Lock that an open page holds, shared with other pages of its version. The service worker sees by it
 * which versions are still in use.
 *
 * @param script absolute address of the page's own script, whose name changes with its contents
 */
export function openScriptLock(script: string): string {
  return `${LOCK_PREFIX}${script}`;
}

/** The script that a lock stands for; null for a lock of another kind. */
export function openScriptOf(lock: string): string | null {
  return lock.startsWith(LOCK_PREFIX) ? lock.slice(LOCK_PREFIX.length) : null;
}
