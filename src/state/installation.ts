/**
 * Whether the browser keeps the app's files for visits without a network: not known yet; being stored; all kept; not
 * stored, for lack of room or because the network broke off; or impossible in this window.
 */
export type KeptFiles = 'unknown' | 'storing' | 'kept' | 'failed' | 'impossible';

/** What the browser keeps of the app, and what the page needs the network for. */
export interface Installation {
  readonly files: KeptFiles;
  /** Whether the page is isolated from other sites, so that training may use several threads. */
  readonly isolated: boolean;
  /** Whether this page came from the service worker. */
  readonly served: boolean;
  /** Whether a new version of the app is stored, and waits for the user. */
  readonly update: boolean;
  /** False when the device knows that it has no network. */
  readonly online: boolean;
  /** Whether the data set is kept, too, so that a reload finds it; null until that was looked up. */
  readonly dataKept: boolean | null;
}

/** Until the browser has answered. */
export const NOTHING_KNOWN: Installation = {
  files: 'unknown',
  isolated: true,
  served: false,
  update: false,
  online: true,
  dataKept: null,
};
