import type { HandInReading as HandInText } from '../state/hand-in-text.ts';
import type { Run } from '../state/run.ts';

/** What a student handed in. */
export interface HandInFile extends Omit<HandInText, 'run'> {
  /** Null where none was wanted. */
  readonly run: Run | null;
}

/** What a file holds that was handed in, or why it cannot be opened, as a sentence. */
export type HandInReading = { readonly handIn: HandInFile } | { readonly problem: string };
