/** Lets one task of a kind be under way: a newer one ends the one before, which rejects with an AbortError. */
export class NewestOnly {
  #current: AbortController | null = null;

  /** Whether a task is under way. */
  get isBusy(): boolean {
    return this.#current !== null;
  }

  /** Runs a task with a signal that is aborted when `signal` is, or when a newer task comes. */
  async run<Result>(signal: AbortSignal, task: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    this.end('A newer request replaced this one.');
    const own = new AbortController();
    this.#current = own;
    const cancel = () => own.abort(signal.reason);
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    try {
      return await task(own.signal);
    } finally {
      signal.removeEventListener('abort', cancel);
      if (this.#current === own) this.#current = null;
    }
  }

  /** Ends the task under way, if there is one. `why` is a sentence. */
  end(why: string): void {
    this.#current?.abort(new DOMException(why, 'AbortError'));
  }
}
