import { expect, test } from 'vitest';
import { FASHION_MNIST_PRESETS } from '../../../src/datasets/fashion-mnist/presets/catalogue.ts';
import { linesOf } from '../../../src/features/present/shown.ts';
import { runsCsv } from '../../../src/features/runs/runs-csv.ts';
import { draftOf } from '../../../src/state/draft.ts';
import { compactRun, newRun, type Run, runAfter, stepOf, totalSteps } from '../../../src/state/run.ts';
import { chartCsv } from '../../../src/ui/chart/chart-csv.ts';
import { prepareCurves } from '../../../src/ui/chart/prepare.ts';
import { evaluationOf } from '../core/support/evaluation.ts';

const [EPOCHS, STEPS] = [50, 2000];

const lossAt = (step: number) => Math.fround(2.3 / (1 + step / 500) + ((step * 7919) % 101) / 1000);
const accuracyAt = (step: number) => Math.fround(1 - lossAt(step) / 3);
const valuesFrom = (first: number, count: number, at: (step: number) => number) =>
  Float32Array.from({ length: count }, (_, i) => at(first + i));

/** A run of 100,000 steps, of which the page hears in unequal parts, as it is after each of them. */
function* longRun(): Generator<Run> {
  const [preset] = FASHION_MNIST_PRESETS;
  const draft = draftOf(preset, 1);
  let run = newRun(1, { ...draft, recipe: { ...draft.recipe, epochs: EPOCHS, batchSize: 1 } }, 'long', 'wasm');
  run = runAfter(run, { type: 'phaseChanged', run: 1, phase: 'training', step: 0, stepsPerEpoch: STEPS });
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    for (let step = STEPS * (epoch - 1); step < STEPS * epoch; step = stepOf(run)) {
      const count = Math.min(1 + ((step * 31) % 400), STEPS * epoch - step);
      const [losses, accuracies] = [valuesFrom(step, count, lossAt), valuesFrom(step, count, accuracyAt)];
      const metrics = { firstStep: step, losses, accuracies };
      const memory = { tensors: 0, bytes: 0 };
      run = runAfter(run, { type: 'progressed', run: 1, metrics, imagesPerSecond: 100, memory });
      yield run;
    }
    const judged = { loss: 0.3 + 1 / epoch, accuracy: 0.9 - 1 / (2 * epoch) };
    const validation = { ...evaluationOf([[3, 3, 0.75]]), set: 'validation', ...judged } as const;
    const report = { epoch, step: STEPS * epoch, trainSample: { loss: 0.1, accuracy: 0.95 }, validation };
    run = runAfter(run, { type: 'epochEnded', run: 1, report });
  }
  yield runAfter(run, { type: 'phaseChanged', run: 1, phase: 'finished', step: STEPS * EPOCHS, stepsPerEpoch: STEPS });
}

/** The file of a chart as it follows from all steps at once. */
function expectedCsv(at: (step: number) => number, figure: 'loss' | 'accuracy'): string {
  const meanAfter = (step: number, length: number) =>
    valuesFrom(step - length, length, at).reduce((sum, value) => sum + value, 0) / length;
  const stretch = Math.round(STEPS / Math.floor(900 / EPOCHS));
  const traced = new Map(
    Array.from({ length: Math.floor((EPOCHS * STEPS) / stretch) }, (_, i) => [
      ((i + 1) * stretch) / STEPS,
      meanAfter((i + 1) * stretch, stretch),
    ]),
  );
  const whole = Array.from({ length: EPOCHS }, (_, i) => i + 1);
  const epochs = [...new Set([...traced.keys(), ...whole])].sort((a, b) => a - b);
  const judged =
    figure === 'loss' ? (epoch: number) => [0.3 + 1 / epoch, 0.1] : (epoch: number) => [0.9 - 1 / (2 * epoch), 0.95];
  const rows = epochs.map((epoch) => [
    epoch,
    traced.get(epoch) ?? '',
    ...(whole.includes(epoch) ? [meanAfter(epoch * STEPS, STEPS), ...judged(epoch)] : ['', '', '']),
  ]);
  return [['epoch', 'training', 'training epoch mean', 'validation', 'training sample'], ...rows]
    .map((row) => row.join(','))
    .join('\n');
}

const csvOfChart = (run: Run, figure: 'loss' | 'accuracy') =>
  chartCsv({ ...linesOf(run, figure), ghosts: [] })
    .trim()
    .replaceAll('\r', '');

test('what a run of 100,000 steps exports is what follows from all of its steps at once', () => {
  let last: Run | undefined;
  for (const run of longRun()) {
    // The curves are drawn while the run goes on.
    linesOf(run, 'loss');
    linesOf(run, 'accuracy');
    last = run;
  }
  if (last === undefined) throw new Error('The run has no steps.');
  expect(stepOf(last)).toBe(100_000);
  expect(totalSteps(last)).toBe(100_000);
  expect(csvOfChart(last, 'loss')).toBe(expectedCsv(lossAt, 'loss'));
  expect(csvOfChart(last, 'accuracy')).toBe(expectedCsv(accuracyAt, 'accuracy'));
  const whole = { ...last, losses: valuesFrom(0, 100_000, lossAt), accuracies: valuesFrom(0, 100_000, accuracyAt) };
  expect(last.losses).toEqual(whole.losses);
  expect(runsCsv([last])).toBe(runsCsv([whole]));
  expect(last.losses.buffer.byteLength).toBe(400_000);
});

test('a stored copy has room for nothing more', () => {
  for (const run of longRun()) {
    if (stepOf(run) < 1000) continue;
    expect(run.losses.buffer.byteLength).toBeGreaterThan(run.losses.byteLength);
    const { losses, accuracies } = structuredClone(compactRun(run));
    expect([losses.buffer.byteLength, accuracies.buffer.byteLength]).toEqual([4 * stepOf(run), 4 * stepOf(run)]);
    return;
  }
});

test('the lines of 100,000 steps are drawn with few points, among them the lowest, the highest and the last one', () => {
  const run = [...longRun()].at(-1);
  if (run === undefined) throw new Error('The run has no steps.');
  const lines = linesOf(run, 'loss');
  const { raw } = prepareCurves(
    { ...lines, kind: 'loss', ghosts: [], smoothing: 0, gap: false, logarithmic: false },
    320,
  );
  const [drawn, all] = [raw, lines.trace].map((points) => points.map(({ value }) => value));
  expect(all?.length).toBeGreaterThan(890);
  expect(raw.length).toBeLessThanOrEqual(320);
  expect(Math.max(...(drawn ?? []))).toBe(Math.max(...(all ?? [])));
  expect(Math.min(...(drawn ?? []))).toBe(Math.min(...(all ?? [])));
  expect(raw.at(-1)).toMatchObject({ ...lines.trace.at(-1) });
});

/** Points whose being read is counted. */
function counted<Point extends object>(points: readonly Point[], count: () => void): readonly Point[] {
  return new Proxy(points, {
    get(list, key, proxy) {
      if (typeof key === 'string' && /^\d+$/.test(key)) count();
      return Reflect.get(list, key, proxy);
    },
  });
}

test('a chart looks at few points of a long run, and at each of them a few times: an update stays as quick', () => {
  const marks = new Map<number, number>();
  for (const run of longRun()) {
    const step = stepOf(run);
    if (step % 10_000 > 400 || step < 10_000) continue;
    const { trace, ...lines } = linesOf(run, 'loss');
    let reads = 0;
    const data = { ...lines, trace: counted(trace, () => reads++), ghosts: [] } as const;
    prepareCurves({ ...data, kind: 'loss', leadsJudged: false, smoothing: 0.6, gap: true, logarithmic: false }, 450);
    expect(trace.length).toBeLessThanOrEqual(900);
    expect(reads / trace.length).toBeLessThan(7);
    marks.set(Math.floor(step / 10_000), reads);
  }
  expect([...marks.keys()]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});
