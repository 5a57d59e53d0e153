import { RefusedFiles } from '../../dataset/reading/refusal.ts';
import type { Port } from '../../protocol/port.ts';
import type { FoundFile, ReadingEvent, ReadingQuestion } from '../../protocol/reading/reading.ts';
import { extended } from './extended.ts';
import { IDX } from './idx.ts';
import { IMAGES } from './images.ts';
import type { OnProgress, Reader } from './reader.ts';
import { TABLE } from './table.ts';

declare const self: Port<ReadingEvent, ReadingQuestion<File>>;

/** The readers, in the order in which they look at files. */
const READERS: readonly Reader[] = [IDX, IMAGES, TABLE];

/** Milliseconds between two reports of progress. */
const INTERVAL = 100;

let files: readonly FoundFile<File>[] = [];
let reader: Reader | undefined;

async function answer(question: ReadingQuestion<File>): Promise<ReadingEvent> {
  const onProgress = paced((done, total) => self.postMessage({ type: 'progressed', done, total }, []));
  if (question.type === 'survey') {
    files = question.files;
    reader = await readerOf(files);
    return { type: 'surveyed', survey: await reader.survey(files, onProgress) };
  }
  if (question.type === 'extend') return { type: 'made', made: await extended(question.extension, onProgress) };
  if (reader?.kind !== question.choices.kind) throw new Error('Files must be surveyed before they are read.');
  if (question.type === 'preview') {
    return { type: 'previewed', preview: (await reader.preview?.(files, question.choices)) ?? null };
  }
  return { type: 'made', made: await reader.make(files, question.choices, onProgress) };
}

async function readerOf(found: readonly FoundFile<File>[]): Promise<Reader> {
  for (const candidate of READERS) {
    if (await candidate.fits(found)) return candidate;
  }
  throw new RefusedFiles(
    'None of these files is of a kind that can be opened. Open pictures in folders (or a zip of them), the IDX files of MNIST, or a table as CSV.',
  );
}

function paced(report: OnProgress): OnProgress {
  let last = 0;
  return (done, total) => {
    const now = performance.now();
    if (now - last < INTERVAL && done < total) return;
    last = now;
    report(done, total);
  };
}

self.addEventListener('message', ({ data }) => {
  answer(data).then(
    (event) => self.postMessage(event, []),
    (error: unknown) => self.postMessage({ type: 'refused', message: sentenceOf(error) }, []),
  );
});

function sentenceOf(error: unknown): string {
  if (error instanceof RefusedFiles) return error.message;
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (name === 'QuotaExceededError')
    return 'The browser has no room left for this data set. Delete one in the list of data sets, or choose fewer or smaller samples.';
  return `The files could not be read: ${message}`;
}
