import { afterEach, expect, test, vi } from 'vitest';
import { startReading } from '../../../src/app/start-reading.ts';
import type { TableChoices } from '../../../src/core/dataset/table-reading.ts';
import type { MadeDataset, ReadingEvent, ReadingQuestion } from '../../../src/protocol/reading/reading.ts';
import { digits } from '../../support/proof-datasets.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const CHOICES: TableChoices = {
  kind: 'table',
  title: 'Days',
  features: [],
  answer: { column: 1, threshold: null },
  testShare: 0.2,
  seed: 1,
};

/** A worker that notes what it is asked, and answers when the test says so. */
class Asked extends EventTarget {
  static readonly questions: string[] = [];
  static answer: (event: ReadingEvent) => void = () => {};

  constructor() {
    super();
    Asked.questions.length = 0;
    Asked.answer = (event) => this.dispatchEvent(new MessageEvent('message', { data: event }));
  }

  postMessage({ type }: ReadingQuestion<File>): void {
    Asked.questions.push(type);
  }

  terminate(): void {}
}

test('what is asked while a data set is made waits for it, and each question has its own answer', async () => {
  vi.stubGlobal('Worker', Asked);
  const { make, preview } = startReading();
  const control = { signal: new AbortController().signal, onProgress: () => {} };
  const made = make(CHOICES, control);
  const previewed = preview({ ...CHOICES, seed: 2 }, control);
  await vi.waitFor(() => expect(Asked.questions).toEqual(['make']));
  const dataset: MadeDataset = { dataset: { spec: digits().spec, bytes: 1, made: 0 }, leftOut: [], notes: [] };
  Asked.answer({ type: 'made', made: dataset });
  await expect(made).resolves.toBe(dataset);
  await vi.waitFor(() => expect(Asked.questions).toEqual(['make', 'preview']));
  Asked.answer({ type: 'previewed', preview: null });
  await expect(previewed).resolves.toBeNull();
});

test('a question that was refused holds up none, and after the end nothing is asked', async () => {
  vi.stubGlobal('Worker', Asked);
  const { make, preview } = startReading();
  const over = new AbortController();
  const control = { signal: over.signal, onProgress: () => {} };
  const made = make(CHOICES, control);
  const previewed = preview(CHOICES, control);
  await vi.waitFor(() => expect(Asked.questions).toEqual(['make']));
  Asked.answer({ type: 'refused', message: 'There is no row.' });
  await expect(made).rejects.toThrow('There is no row.');
  await vi.waitFor(() => expect(Asked.questions).toEqual(['make', 'preview']));
  const late = preview(CHOICES, control);
  over.abort();
  await expect(previewed).rejects.toThrow();
  await expect(late).rejects.toThrow();
  expect(Asked.questions).toEqual(['make', 'preview']);
});
