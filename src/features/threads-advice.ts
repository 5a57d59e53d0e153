import type { Installation, KeptFiles } from '../state/installation.ts';

/** Why training has one thread only, and what to do. */
export interface ThreadsAdvice {
  readonly reason: string;
  /** How many threads training has after a reload; null where a reload changes nothing. */
  readonly afterReload: number | null;
}

/**
 * Why training has one thread in a page that is not isolated from other sites.
 *
 * @param most how many threads training uses on this device where it may
 */
export function threadsAdvice({ files, served }: Installation, most: number): ThreadsAdvice {
  const isolation = 'Browsers give several threads only to a page that is isolated from other sites';
  if (files === 'kept' && !served) {
    const reason = `${isolation}. The server of this page does not ask for that, but the app has now set it up.`;
    return { reason, afterReload: most };
  }
  return { reason: `${isolation}. ${WHY_ONE_THREAD[files]}`, afterReload: null };
}

const WHY_ONE_THREAD: { readonly [Files in KeptFiles]: string } = {
  kept: 'This browser, or the page that this one is embedded in, does not isolate it. Open the app in a tab of its own.',
  unknown: 'The server of this page does not ask for that. The app is setting it up, which takes some seconds.',
  storing: 'The server of this page does not ask for that. The app is setting it up, which takes some seconds.',
  failed:
    'The server of this page does not ask for that, and the app could not set it up: the browser did not store its files, perhaps for lack of room.',
  impossible:
    'The server of this page does not ask for that, and the app cannot set it up in this window: private windows and addresses without https have no service worker.',
};
