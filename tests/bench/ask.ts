import type { Answer } from './job.ts';

/** Asks a fresh worker, which ends with its answer and frees all that it held. */
export async function ask<Result>(worker: Worker, question: unknown): Promise<Result> {
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Answer<Result>>) =>
        'error' in data ? reject(new Error(data.error)) : resolve(data.result);
      // A script that cannot be fetched says nothing.
      worker.onerror = ({ message }) => reject(new Error(message || 'A worker could not be loaded.'));
      worker.postMessage(question);
    });
  } finally {
    worker.terminate();
  }
}
