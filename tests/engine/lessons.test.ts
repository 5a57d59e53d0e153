import { describe, expect, test } from 'vitest';
import { figureOf, type MeasuredRun, measuredOption, withFigures } from '../../src/core/lessons/outcome.ts';
import { LESSONS } from '../../src/lessons/catalogue.ts';
import { trainSetup } from './support/train-setup.ts';
import { startEngine } from './support/training.ts';

/** What each lesson says will be measured: its sentence is about that. */
const MEASURED: Readonly<Record<string, string>> = {
  'first-network': 'most',
  convolution: 'cnn',
  'learning-rate': 'middle',
  overfitting: 'gap',
  'dropout-comma': 'bit',
  'batch-normalisation': 'much',
  'label-noise': 'falls',
};

/** What the change shows, by lesson: the figure of the changed run against that of the run named. */
const CHANGED: Readonly<Record<string, (changed: MeasuredRun, runs: ReadonlyMap<string, MeasuredRun>) => boolean>> = {
  overfitting: (changed, runs) => accuracyOf(changed) > accuracyOf(runs.get('plain')) + 0.02,
  'batch-normalisation': (changed, runs) => accuracyOf(changed) > accuracyOf(runs.get('plain')) + 0.2,
  'label-noise': (changed, runs) => accuracyOf(changed) < 1 && accuracyOf(runs.get('noisy')) < 1,
};

const accuracyOf = (run: MeasuredRun | undefined) => (run ? figureOf(run, 'validationAccuracy') : Number.NaN);
const engine = await startEngine('wasm');

describe.each(LESSONS)('$title', ({ id, runs, outcomes, change, learned }) => {
  const measured = new Map<string, MeasuredRun>();

  test('is decided by its runs as it says', async () => {
    for (const run of runs) measured.set(run.id, await trainSetup(engine, run.setup));
    expect(measuredOption(outcomes, measured)).toBe(MEASURED[id]);
    expect(withFigures(learned, measured)).not.toMatch(/[{}…]/);
  });

  const shows = CHANGED[id];
  test.runIf(shows !== undefined)('and the change shows what it should', async () => {
    expect(shows?.(await trainSetup(engine, change.run.setup), measured)).toBe(true);
  });
});
