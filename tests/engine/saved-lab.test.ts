import { expect, test } from 'vitest';
import type { StoreApi } from 'zustand/vanilla';
import { FoundTexts } from '../../src/app/archive/found-texts.ts';
import { createLabFiles } from '../../src/app/lab-file/lab-files.ts';
import { at } from '../../src/core/at.ts';
import type { Backend } from '../../src/core/training/backend.ts';
import { DIGITS_PRESETS } from '../../src/datasets/digits/presets.ts';
import { DIGITS } from '../../src/datasets/digits/spec.ts';
import type { Command } from '../../src/protocol/commands.ts';
import type { WorkerEvent } from '../../src/protocol/events.ts';
import type { Port } from '../../src/protocol/port.ts';
import { isComplete } from '../../src/state/data-set.ts';
import { draftOf } from '../../src/state/draft.ts';
import { createLab, type Lab } from '../../src/state/lab.ts';
import { createStorageControl } from '../../src/state/storage.ts';

/** Test images that both labs are asked about. */
const INDICES = Uint32Array.from({ length: 100 }, (_, i) => i);

/** The lab of a page with a worker of its own. `end` ends the worker. */
async function openLab(backend: Backend) {
  const workers: Worker[] = [];
  const startWorker = () => {
    const worker = new Worker(new URL('../../src/worker/main.ts', import.meta.url), { type: 'module' });
    const port: Port<Command, WorkerEvent> = worker;
    workers.push(worker);
    return { port, onDeath: () => undefined, terminate: () => worker.terminate() };
  };
  const preset = at(DIGITS_PRESETS, 1);
  const { recipe, ...draft } = draftOf(preset, 2018);
  const lab = createLab({
    startWorker,
    initialDraft: { ...draft, recipe: { ...recipe, epochs: 2, trainingImages: 500, batchSize: 50 } },
    sources: [{ baseUrl: new URL('/data-digits/', location.origin).href, expected: DIGITS, pretrainedUrl: null }],
    draftFor: () => draftOf(preset, 2018),
    backend,
    storage: createStorageControl(),
  });
  await until(lab.dataSet.store, isComplete);
  await until(lab.device, ({ report }) => report?.backend === backend);
  const found = new FoundTexts();
  const files = createLabFiles(lab, { found, texts: Promise.resolve(null), sample: new Promise(() => undefined) });
  return { lab, files, end: () => workers.map((worker) => worker.terminate()) };
}

/** Resolves as soon as a store is so. */
function until<State>(store: StoreApi<State>, isSo: (state: State) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!isSo(store.getState())) return;
      stop();
      resolve();
    };
    const stop = store.subscribe(look);
    look();
  });
}

async function predictions({ questions: { ask } }: Lab) {
  const pixels = await ask('images', { split: 'test', indices: INDICES });
  for (;;) {
    const answer = await ask('predictMany', { pixels });
    // A run that was restored is still being built.
    if (answer !== null) return answer;
  }
}

test.for(['wasm', 'webgl'] as const)(
  'a saved lab that is opened elsewhere predicts the same within 1e-6 (%s)',
  async (backend, { annotate }) => {
    const here = await openLab(backend);
    here.lab.runs.train('run');
    await until(here.lab.runs.store, ({ current }) => current?.phase === 'finished');
    await until(here.lab.runs.restorable, (numbers) => numbers.has(1));
    const before = await predictions(here.lab);
    const file = await here.files.save(null, '');
    here.end();

    const there = await openLab(backend);
    const reading = await there.files.read(file);
    if ('problem' in reading) throw new Error(reading.problem);
    await there.files.adopt(reading.contents);
    const [run] = there.lab.runs.store.getState().earlier;
    if (run === undefined) throw new Error('The file brought no run.');
    there.lab.runs.restore(run);
    await until(there.lab.runs.store, ({ current }) => current?.phase === 'finished');
    const after = await predictions(there.lab);
    there.end();

    expect(after.run).toBe(1);
    expect(after.probabilities).toHaveLength(100 * DIGITS.classes.length);
    const differences = before.probabilities.map((p, i) => Math.abs(p - (after.probabilities[i] ?? Number.NaN)));
    const largest = Math.max(...differences);
    await annotate(`The largest of 1,000 differences: ${largest}.`);
    expect(largest).toBeLessThanOrEqual(1e-6);
    // A network that has learned nothing would say the same of all.
    expect(Math.max(...before.probabilities)).toBeGreaterThan(0.25);
  },
);
