import { DatasetError } from './errors.ts';

/** Turns failures into pauses: reports work that failed, and repeats it when the pause ends. */
export class Pause {
  readonly #onFailure: (error: DatasetError) => void;
  readonly #signal: AbortSignal;
  #resume: (() => void) | null = null;

  constructor(onFailure: (error: DatasetError) => void, signal: AbortSignal) {
    this.#onFailure = onFailure;
    this.#signal = signal;
  }

  /**
   * The result of the work, however many pauses that takes; `beforeRetry` runs as each pause ends. Rejects with the
   * signal's reason once it is aborted, and with anything that is not a DatasetError, which is a programming error.
   */
  async persist<T>(work: () => Promise<T>, beforeRetry?: () => void): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        this.#signal.throwIfAborted();
        if (!(error instanceof DatasetError)) throw error;
        await this.#begin(error);
        beforeRetry?.();
      }
    }
  }

  /** Ends the pause; does nothing outside one. */
  end(): void {
    this.#resume?.();
  }

  #begin(error: DatasetError): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = () => reject(this.#signal.reason);
      this.#signal.addEventListener('abort', cancel, { once: true });
      this.#resume = () => {
        this.#signal.removeEventListener('abort', cancel);
        this.#resume = null;
        resolve();
      };
      this.#onFailure(error);
    });
  }
}
