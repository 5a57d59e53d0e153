import type { Embed } from '../features/embedder.ts';
import type { EmbeddingEvent } from '../protocol/embedding.ts';

/** Starts a worker for one layout, and ends it with the answer or when nobody waits any more. */
export const embed: Embed = (question, { signal, onProgress }) =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const worker = new Worker(new URL('../worker/embedding/main.ts', import.meta.url), { type: 'module', name: 'map' });
    const end = () => {
      worker.terminate();
      signal.removeEventListener('abort', cancel);
    };
    const cancel = () => {
      end();
      reject(signal.reason);
    };
    signal.addEventListener('abort', cancel);
    worker.addEventListener('message', ({ data }: MessageEvent<EmbeddingEvent>) => {
      if (data.type === 'progressed') return onProgress(data.done, data.total);
      end();
      resolve(data.embedding);
    });
    worker.addEventListener('error', ({ message }) => {
      end();
      reject(new Error(`The map could not be drawn. ${message}`));
    });
    worker.postMessage(question);
  });
