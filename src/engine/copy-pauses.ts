import { yieldToMessages } from './yield.ts';

/** Floats that are copied at once: 16 MiB, which take some milliseconds. */
export const COPIED_AT_ONCE = 2 ** 22;

/** Lets messages in between parts of a long copy, and then throws an AbortError when aborted. */
export class CopyPauses {
  readonly #signal: AbortSignal | undefined;
  #copied = 0;

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }

  /** So many floats more were copied. */
  async after(floats: number): Promise<void> {
    this.#copied += floats;
    if (this.#copied < COPIED_AT_ONCE) return;
    this.#copied = 0;
    await yieldToMessages();
    this.#signal?.throwIfAborted();
  }
}
