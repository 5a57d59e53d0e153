import type { Reading, ReadingControl } from '../features/own-data.ts';
import type { Extension, MadeDataset, ReadingEvent, ReadingQuestion } from '../protocol/reading/reading.ts';

/** An answer that the worker gives in the end. */
type Answer = Exclude<ReadingEvent, { readonly type: 'progressed' }>;

/** A worker that reads, and how it is asked: its answers do not say which question they are for, so it is asked one at a time. */
function openWorker() {
  const worker = new Worker(new URL('../worker/reading/main.ts', import.meta.url), { type: 'module', name: 'reading' });
  const askNow = (question: ReadingQuestion<File>, { signal, onProgress }: ReadingControl) =>
    new Promise<Answer>((resolve, reject) => {
      signal.throwIfAborted();
      const over = new AbortController();
      const end = (settle: () => void) => {
        over.abort();
        settle();
      };
      const listening = { signal: over.signal };
      worker.addEventListener(
        'message',
        ({ data }: MessageEvent<ReadingEvent>) => {
          if (data.type === 'progressed') return onProgress(data.done, data.total);
          end(() => (data.type === 'refused' ? reject(new Error(data.message)) : resolve(data)));
        },
        listening,
      );
      const died = () =>
        end(() => reject(new Error('The files could not be read: there was not enough memory for them.')));
      worker.addEventListener('error', died, listening);
      // What a worker is in the midst of cannot be broken off: it ends as a whole.
      const cancel = () => {
        worker.terminate();
        end(() => reject(signal.reason));
      };
      signal.addEventListener('abort', cancel, listening);
      worker.postMessage(question);
    });
  let last: Promise<unknown> = Promise.resolve();
  const ask = (question: ReadingQuestion<File>, control: ReadingControl) => {
    const answer = last.then(() => askNow(question, control));
    last = answer.catch(() => null);
    return answer;
  };
  return { ask, end: () => worker.terminate() };
}

/** Makes a data set of one and of more samples, in a worker that ends with it. */
export async function extend(extension: Extension, control: ReadingControl): Promise<MadeDataset> {
  const { ask, end } = openWorker();
  try {
    const answer = await ask({ type: 'extend', extension }, control);
    if (answer.type !== 'made') throw new Error(`The reader answered ${answer.type}.`);
    return answer.made;
  } finally {
    end();
  }
}

/** Starts a reading in a worker of its own. */
export function startReading(): Reading {
  const { ask, end } = openWorker();
  return {
    async survey(files, control) {
      const answer = await ask({ type: 'survey', files }, control);
      if (answer.type !== 'surveyed') throw new Error(`The reader answered ${answer.type}.`);
      return answer.survey;
    },
    async preview(choices, control) {
      const answer = await ask({ type: 'preview', choices }, control);
      if (answer.type !== 'previewed') throw new Error(`The reader answered ${answer.type}.`);
      return answer.preview;
    },
    async make(choices, control) {
      const answer = await ask({ type: 'make', choices }, control);
      if (answer.type !== 'made') throw new Error(`The reader answered ${answer.type}.`);
      return answer.made;
    },
    end,
  };
}
