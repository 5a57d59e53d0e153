import { createContext } from 'react';
import type { Embedding, EmbeddingQuestion } from '../protocol/embedding.ts';

/** How to control a layout that takes long. */
export interface EmbedControl {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/** Lays points out on a plane, aside from the page and from training. Rejects with an Error, or with the signal's reason. */
export type Embed = (question: EmbeddingQuestion, control: EmbedControl) => Promise<Embedding>;

/** How points are laid out; the composition root provides it. */
export const EmbedContext = createContext<Embed>(() => Promise.reject(new Error('There is no worker for maps.')));
