import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Database } from '../../../../src/app/archive/database.ts';
import { FoundTexts } from '../../../../src/app/archive/found-texts.ts';
import { RunArchive } from '../../../../src/app/archive/run-archive.ts';
import { createLabFiles } from '../../../../src/app/lab-file/lab-files.ts';
import { streamKey, uint32At } from '../../../../src/core/random.ts';
import { epochMeans, stepCurve } from '../../../../src/core/training/curves.ts';
import { type Archive, type Archiving, keepRuns, restorableRuns } from '../../../../src/state/archive.ts';
import type { Lab } from '../../../../src/state/lab.ts';
import { type Run, stepOf } from '../../../../src/state/run.ts';
import { stepValues } from '../../../../src/state/run-steps.ts';
import { allRuns } from '../../../../src/state/runs.ts';
import { createStorageControl } from '../../../../src/state/storage.ts';
import type { CurveRoom } from '../../../../src/state/thinning.ts';
import { FakeWorker } from '../../state/fake-worker.ts';
import { checkpointAt } from '../../support/checkpoints.ts';
import { emptyBrowser } from './support.ts';

const [EPOCHS, STEPS] = [6, 100];
/** Memory keeps at least 40 steps one by one, and puts older ones apart 64 at a time. */
const SMALL: CurveRoom = { steps: 40, chunk: 64 };

beforeEach(() => {
  emptyBrowser();
  vi.useFakeTimers({ toFake: ['Date'] });
});

afterEach(() => vi.useRealTimers());

const KEY = streamKey(1, 'shuffle');

/** When the files are made: they tell. */
const MADE = new Date('2026-01-02T03:04:06');

/** A loss that looks like one, and is another at each step. */
const lossAt = (step: number) => Math.fround(2 / (1 + step / 50) + uint32At(KEY, step) / 2 ** 33);

/** A page with a lab whose runs are kept. */
class Page {
  readonly worker = new FakeWorker();
  readonly lab: Lab = this.worker.lab();
  readonly archive = new RunArchive(new Database(), createStorageControl());
  archiving: Archiving | null = null;
  #written = 0;

  /** Opens it, with what was kept before. */
  async open(room: CurveRoom | null, archive: Archive = this.archive): Promise<this> {
    const { runs, draft } = this.lab;
    const kept = restorableRuns(await archive.load(), draft.store.getState());
    runs.restoreKeptRuns(kept, archive.checkpoint);
    runs.curves.addKept(archive.steps);
    this.archiving = keepRuns({
      runs: runs.store,
      archive,
      kept: kept.runs,
      checkpoints: runs.checkpoints,
      lull: 0,
      interval: 1000,
      now: () => 0,
      onWritten: () => this.#written++,
      ...(room && { room }),
    });
    return this;
  }

  get run(): Run {
    const [run] = allRuns(this.lab.runs.store.getState());
    if (run === undefined) throw new Error('There is no run.');
    return run;
  }

  /** Does something, and waits until what comes of it is stored. */
  async stored(act: () => unknown): Promise<void> {
    const before = this.#written;
    act();
    this.archiving?.write();
    await vi.waitFor(() => expect(this.#written).toBeGreaterThan(before));
  }

  /** Tells of steps, and of a checkpoint at their end. */
  async train(from: number, to: number, isChecked = true): Promise<void> {
    await this.stored(() => {
      for (let first = from; first < to; first += 37) {
        const losses = Float32Array.from({ length: Math.min(37, to - first) }, (_, i) => lossAt(first + i));
        const metrics = { firstStep: first, losses, accuracies: losses.map((loss) => 1 - loss / 3) };
        const memory = { tensors: 0, bytes: 0 };
        this.worker.say({ type: 'progressed', run: 1, metrics, imagesPerSecond: 100, memory });
      }
      const report = { epoch: to / STEPS, step: to, trainSample: null, validation: null };
      if (to % STEPS === 0) this.worker.say({ type: 'epochEnded', run: 1, report });
      const checkpoint = { ...checkpointAt(to), judgedEpochs: Math.floor(to / STEPS) };
      if (isChecked) this.worker.say({ type: 'checkpointed', run: 1, checkpoint });
    });
  }

  async begin(): Promise<void> {
    this.lab.draft.setRecipe({ epochs: EPOCHS }, '');
    this.lab.runs.train('run');
    this.worker.say({ type: 'phaseChanged', run: 1, phase: 'training', step: 0, stepsPerEpoch: STEPS });
  }

  async end(): Promise<void> {
    const step = EPOCHS * STEPS;
    await this.stored(() =>
      this.worker.say({ type: 'phaseChanged', run: 1, phase: 'finished', step, stepsPerEpoch: STEPS }),
    );
    // Nothing else is under way.
    await this.stored(() => undefined);
  }
}

/** A run from its start to its end. */
async function trained(room: CurveRoom | null): Promise<Page> {
  const page = await new Page().open(room);
  await page.begin();
  for (let epoch = 0; epoch < EPOCHS; epoch++) await page.train(epoch * STEPS, (epoch + 1) * STEPS);
  await page.end();
  return page;
}

/** Everything that can be saved of a run: the file of the lab, and the lines of both charts. */
async function exported({ lab, run }: Page) {
  const files = createLabFiles(lab, {
    found: new FoundTexts(),
    texts: Promise.resolve(null),
    sample: new Promise(() => undefined),
  });
  const whole = await lab.runs.curves.whole(run);
  vi.setSystemTime(MADE);
  const lines = (['loss', 'accuracy'] as const).flatMap((figure) => [
    stepCurve(stepValues(whole, figure), STEPS, EPOCHS),
    epochMeans(stepValues(whole, figure), STEPS),
  ]);
  return { file: new Uint8Array(await (await files.save(null, 'report')).arrayBuffer()), lines };
}

/** What is exported where memory keeps every step. */
async function expected({ isReloaded = false } = {}) {
  const first = await trained(null);
  const page = isReloaded ? await new Page().open(null) : first;
  expect(page.run.thinned).toBeUndefined();
  const saved = await exported(page);
  emptyBrowser();
  return saved;
}

test('a long run is thinned in memory, and what is exported stays the same byte for byte', async () => {
  const whole = await expected();
  const page = await trained(SMALL);
  expect(page.run.thinned?.steps).toBe(512);
  expect(page.run.losses).toHaveLength(EPOCHS * STEPS - 512);
  expect(stepOf(page.run)).toBe(EPOCHS * STEPS);
  expect(await exported(page)).toEqual(whole);
  // The curve that is drawn hardly differs.
  const drawn = epochMeans(stepValues(page.run, 'loss'), STEPS);
  expect(drawn).toHaveLength(EPOCHS);
  for (const [i, { value }] of drawn.entries()) expect(value).toBeCloseTo(whole.lines[1]?.[i]?.value ?? 0, 1);
});

test('however long a run is, memory has the newest 28,192 steps and 4,096 means at most', async () => {
  const page = await new Page().open(null);
  await page.begin();
  for (let step = 0; step < 160_000; step += 10_000) {
    const losses = new Float32Array(10_000).map((_, i) => (step + i) % 997);
    const metrics = { firstStep: step, losses, accuracies: losses };
    await page.stored(() => {
      page.worker.say({
        type: 'progressed',
        run: 1,
        metrics,
        imagesPerSecond: 100,
        memory: { tensors: 0, bytes: 0 },
      });
      page.worker.say({ type: 'checkpointed', run: 1, checkpoint: checkpointAt(step + 10_000) });
    });
    await page.stored(() => undefined);
    const { losses: rest, thinned } = page.run;
    expect(stepOf(page.run)).toBe(step + 10_000);
    expect(rest.buffer.byteLength).toBeLessThanOrEqual(1.25 * 4 * 28_192);
    expect(thinned?.losses.length ?? 0).toBeLessThanOrEqual(4096);
  }
  expect(page.run.losses.length).toBeLessThan(28_192);
  expect(page.run.thinned?.stride).toBe(64);
  const { losses } = await page.lab.runs.curves.whole(page.run);
  expect(losses).toHaveLength(160_000);
  expect(losses.findIndex((loss, step) => loss !== step % 997)).toBe(-1);
});

test('after a reload it is as thin, and is exported as before', async () => {
  const whole = await expected({ isReloaded: true });
  await trained(SMALL);
  const page = await new Page().open(SMALL);
  expect([page.run.phase, page.run.thinned?.steps, page.run.losses.length]).toEqual(['finished', 512, 88]);
  expect(await exported(page)).toEqual(whole);
});

test('reloaded in its midst it goes on from its checkpoint, behind which nothing was thinned', async () => {
  const whole = await expected();
  const before = await new Page().open(SMALL);
  await before.begin();
  await before.train(0, 100);
  await before.train(100, 200);
  await before.train(200, 350, false);
  expect(before.run.thinned?.steps).toBe(192);

  const page = await new Page().open(SMALL);
  await vi.waitFor(() => expect(stepOf(page.run)).toBe(200));
  expect([page.run.phase, page.run.thinned?.steps]).toEqual(['paused', 192]);
  page.lab.runs.advance('run');
  page.worker.say({ type: 'phaseChanged', run: 1, phase: 'training', step: 200, stepsPerEpoch: STEPS });
  for (let epoch = 2; epoch < EPOCHS; epoch++) await page.train(epoch * STEPS, (epoch + 1) * STEPS);
  await page.end();
  expect(page.run.thinned?.steps).toBe(512);
  const { losses } = await page.lab.runs.curves.whole(page.run);
  expect(losses).toEqual(Float32Array.from({ length: EPOCHS * STEPS }, (_, step) => lossAt(step)));
  expect((await exported(page)).lines).toEqual(whole.lines);
});

test('deleted and brought back, it has every step again', async () => {
  const whole = await expected();
  const page = await trained(SMALL);
  page.lab.runs.reset();
  const { run } = page;
  let undo = () => {};
  await page.stored(() => {
    undo = page.lab.runs.delete(run);
  });
  await page.stored(() => undo());
  expect((await exported(page)).lines).toEqual(whole.lines);
});

test('where it cannot be stored, memory keeps every step', async () => {
  const page = new Page();
  const refuse = () => Promise.reject(new DOMException('No room.', 'QuotaExceededError'));
  const { archive } = page;
  const { checkpoint, answers, steps } = archive;
  await page.open(SMALL, { load: () => archive.load(), checkpoint, answers, steps, write: refuse });
  await page.begin();
  for (let epoch = 0; epoch < EPOCHS; epoch++) await page.train(epoch * STEPS, (epoch + 1) * STEPS);
  expect([page.run.thinned, page.run.losses.length]).toEqual([undefined, EPOCHS * STEPS]);
});

test('where its steps are gone from the storage, it is said, and nothing is exported', async () => {
  const page = await trained(SMALL);
  emptyBrowser();
  const { lab } = await new Page().open(SMALL);
  await expect(lab.runs.curves.whole(page.run)).rejects.toThrow('The first 512 steps of run 1 cannot be read');
});
