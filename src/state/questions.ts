import type { StoreApi } from 'zustand/vanilla';
import type { Drawing } from './drawing.ts';
import type { AskWorker } from './requests.ts';

/** What the page asks of the worker, beside having networks trained. */
export interface Questions {
  readonly ask: AskWorker;
  /** Tells the student why a request was refused, for whoever asked and has no place to say so. */
  reportRefusal(error: unknown): void;
  readonly drawing: StoreApi<Drawing>;
  /** Asks the network about a drawing; null clears it. While an answer is under way, only the newest drawing waits. */
  show(pixels: Uint8Array<ArrayBuffer> | null): void;
}
