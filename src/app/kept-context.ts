import { createContext } from 'react';
import type { FoundTexts } from './archive/found-texts.ts';
import type { KeptTexts } from './archive/kept-texts.ts';
import type { KeepSample } from './kept-drawing.ts';

/** Where the page keeps drawings and settings. */
export interface Kept {
  /** What was kept when the page began. */
  readonly found: FoundTexts;
  /** Keeps what changes; loaded after the first paint, as soon as that is possible. Resolves with null where it fails. */
  readonly texts: Promise<KeptTexts | null>;
  /** Keeps what is shown to the network; loaded as that is. */
  readonly sample: Promise<KeepSample>;
}

/** Null where nothing is kept. */
export const KeptContext = createContext<Kept | null>(null);
