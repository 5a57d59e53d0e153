import { createContext } from 'react';
import type { FoundTexts } from './archive/found-texts.ts';
import type { KeptTexts } from './archive/kept-texts.ts';

/** Where the page keeps drawings and settings. */
export interface Kept {
  /** What was kept when the page began. */
  readonly found: FoundTexts;
  /** Keeps what changes; loaded after the first paint. Resolves with null where that fails. */
  readonly texts: Promise<KeptTexts | null>;
}

/** Null where nothing is kept. */
export const KeptContext = createContext<Kept | null>(null);
