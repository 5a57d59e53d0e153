import { DatasetError } from './errors.ts';

/** Resolves when it is worth trying again what failed with this error; never where only a person can mend it. */
export type WaitToRetry = (error: DatasetError, signal: AbortSignal) => Promise<void>;

/** Turns failures into pauses: reports work that failed, and repeats it when the pause ends. */
export class Pause {
  readonly #onFailure: (error: DatasetError) => void;
  readonly #waitToRetry: WaitToRetry;
  readonly #signal: AbortSignal;
  #resume: (() => void) | null = null;

  constructor(onFailure: (error: DatasetError) => void, waitToRetry: WaitToRetry, signal: AbortSignal) {
    this.#onFailure = onFailure;
    this.#waitToRetry = waitToRetry;
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
      const over = new AbortController();
      const cancel = () => {
        over.abort();
        reject(this.#signal.reason);
      };
      this.#signal.addEventListener('abort', cancel, { once: true });
      const resume = () => {
        over.abort();
        this.#signal.removeEventListener('abort', cancel);
        this.#resume = null;
        resolve();
      };
      this.#resume = resume;
      this.#onFailure(error);
      // It only rejects when the pause is over.
      this.#waitToRetry(error, over.signal).then(resume, () => undefined);
    });
  }
}
