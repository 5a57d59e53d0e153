import { DatasetError, type DatasetErrorCode } from './errors.ts';

/** Waits for some milliseconds; rejects with the signal's reason when aborted. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/** How often a file is tried before its failure counts. */
const TRIES = 3;

const FIRST_PAUSE_MS = 500;

/** Milliseconds after which a file is tried again by itself, where the network or the server may have recovered. */
const RECOVERY_MS = 15_000;

/** What can be over without anybody doing anything. */
const PASSING: ReadonlySet<DatasetErrorCode> = new Set(['offline', 'network', 'stalled', 'server', 'truncated']);

/**
 * Runs an attempt up to three times, with a pause of half a second, then of a second, between them. `attempt` gets the
 * number of the try, from 0. A download that stalled is not repeated: that took long enough to be told. Rejects with the last error, or with the signal's reason once it is aborted.
 */
export async function withRetries<T>(
  attempt: (number: number) => Promise<T>,
  sleep: Sleep,
  signal: AbortSignal,
): Promise<T> {
  for (let number = 0; ; number++) {
    try {
      return await attempt(number);
    } catch (error) {
      signal.throwIfAborted();
      if (number + 1 >= TRIES || isStalled(error)) throw error;
      await sleep(FIRST_PAUSE_MS * 2 ** number, signal);
    }
  }
}

function isStalled(error: unknown): boolean {
  return error instanceof DatasetError && error.code === 'stalled';
}

/**
 * Resolves after fifteen seconds where a file that failed may be there by itself. Never resolves where somebody has to mend
 * the server or sign in; rejects once aborted.
 */
export async function waitToRetry({ code }: DatasetError, signal: AbortSignal): Promise<void> {
  return PASSING.has(code) ? sleep(RECOVERY_MS, signal) : new Promise(() => {});
}

/** The real Sleep, on a timer. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = () => {
      signal.removeEventListener('abort', cancel);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    const cancel = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
  });
}
