import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VERSIONS } from '../../../../src/app/archive/records.ts';
import { checkpointOf, checkpointRecord, runOf, runRecord } from '../../../../src/app/archive/run-records.ts';
import type { Checkpoint } from '../../../../src/core/training/checkpoint.ts';
import { OPTIMIZERS } from '../../../../src/core/training/optimizers/registry.ts';
import { DEFAULT_EARLY_STOPPING } from '../../../../src/core/training/recipe.ts';
import { FASHION_MNIST_PRESETS as PRESETS } from '../../../../src/datasets/fashion-mnist/presets/catalogue.ts';
import { draftOf, withRecipe } from '../../../../src/state/draft.ts';
import { newRun, type Run } from '../../../../src/state/run.ts';
import { VALID_NETWORK } from '../../../fixtures/specs/arbitrary.ts';
import { checkpointAt } from '../../support/checkpoints.ts';
import { CONFUSION, draft, EVALUATION, fullRun } from './full-run.ts';

/** What a browser's database gives back of a run's record, read under a key. */
const read = (run: object, key = 2) => runOf(structuredClone({ ...runRecord(fullRun(2)), run }), key);

const THINNED = {
  steps: 64,
  stride: 32,
  losses: Float32Array.of(2.5, 2),
  accuracies: Float32Array.of(0.1, 0.25),
  first: 3,
  most: 4,
};

describe('a run comes back', () => {
  test('with everything that it can have', () => {
    expect(read(fullRun(2))).toEqual({ found: fullRun(2) });
  });

  test('of which memory has only means of the first steps', () => {
    expect(read({ ...fullRun(2), thinned: THINNED })).toEqual({ found: { ...fullRun(2), thinned: THINNED } });
  });

  test('that was only begun, of every preset', () => {
    PRESETS.forEach((preset, i) => {
      const run = newRun(i + 1, draftOf(preset, 7), preset.title);
      expect(read(run, run.number)).toEqual({ found: run });
    });
  });

  test('with every network that can be trained, every optimizer, every curve and every label', () => {
    const curve = fc.float32Array({ maxLength: 40 });
    fc.assert(
      fc.property(
        VALID_NETWORK,
        fc.constantFrom(...Object.values(OPTIMIZERS)),
        curve,
        fc.record({
          number: fc.integer({ min: 1, max: 10_000 }),
          name: fc.string(),
          hidden: fc.boolean(),
          pinned: fc.boolean(),
          phase: fc.constantFrom('training', 'paused', 'finished', 'failed'),
          failure: fc.option(fc.string()),
          stoppedAt: fc.option(fc.nat()),
        }),
        (network, { defaults }, losses, more) => {
          const values = { optimizer: defaults, earlyStopping: DEFAULT_EARLY_STOPPING };
          const own = withRecipe({ ...draft, network }, values, '');
          const run: Run = { ...newRun(2, own, 'CNN'), ...more, losses, accuracies: losses.slice() };
          expect(read(run, run.number)).toEqual({ found: run });
        },
      ),
      { numRuns: 60, seed: 2018 },
    );
  });

  test('with an option that did not exist when it was kept as it was then', () => {
    const { labelNoise: _, ...recipe } = draft.recipe;
    expect(read({ ...fullRun(2), draft: { ...draft, recipe } })).toMatchObject({
      found: { draft: { recipe: { labelNoise: 0 } } },
    });
  });
});

describe('what is no run of today is left out', () => {
  const { pinned: _, ...withoutPin } = fullRun(2);
  const layer = { kind: 'dense', id: 'a', off: false, units: -4 };

  test.each<readonly [string, object]>([
    ['a run of another form', withoutPin],
    ['fewer accuracies than losses', { ...fullRun(2), accuracies: new Float32Array(2) }],
    ['means of fewer steps than there are', { ...fullRun(2), thinned: { ...THINNED, steps: 96 } }],
    ['a curve of plain numbers', { ...fullRun(2), losses: [2, 1, 0] }],
    ['fewer labels than images', { ...fullRun(2), test: { ...EVALUATION, labels: new Uint8Array(1) } }],
    ['too few probabilities', { ...fullRun(2), test: { ...EVALUATION, probabilities: new Float32Array(19) } }],
    ['a label that is no class', { ...fullRun(2), test: { ...EVALUATION, labels: Uint8Array.of(3, 10) } }],
    ['a matrix of nine rows', { ...fullRun(2), epochs: [{ ...fullRun(2).epochs[0], confusion: CONFUSION.slice(1) }] }],
    ['layers that the builder could not make', { ...fullRun(2), draft: { ...draft, network: { layers: [layer] } } }],
    ['no layers', { ...fullRun(2), draft: { ...draft, network: null } }],
    ['a batch of no images', { ...fullRun(2), draft: withRecipe(draft, { batchSize: 0 }, '') }],
    ['a phase that does not exist', { ...fullRun(2), phase: 'sleeping' }],
    ['a number that is none', { ...fullRun(2), number: 1.5 }],
    ['the number of another key', fullRun(3)],
    ['nothing', {}],
  ])('%s', (_what, run) => {
    expect(read(run)).toBe('unreadable');
  });

  test('layers that name themselves', () => {
    const layers: unknown[] = [];
    layers.push({ layers });
    expect(read({ ...fullRun(2), draft: { ...draft, network: { layers } } })).toBe('unreadable');
  });

  test('any garbage', () => {
    const garbage = fc.anything({ withBigInt: true, withTypedArray: true });
    fc.assert(
      fc.property(garbage, fc.integer({ min: 0, max: 3 }), (value, version) => {
        expect(runOf(value, 2)).toBe('unreadable');
        expect(runOf({ version, kind: 'run', run: value }, 2)).toBe('unreadable');
        const today = { version: Math.min(version, 2), kind: 'checkpoint' };
        expect(checkpointOf({ ...today, checkpoint: value })).toBe('unreadable');
      }),
      { numRuns: 300, seed: 2018 },
    );
  });

  test('a record of a newer version, whatever is in it', () => {
    expect(runOf({ version: VERSIONS.run + 1, kind: 'run' }, 2)).toBe('newer');
    expect(checkpointOf({ version: 3, kind: 'checkpoint', checkpoint: checkpointAt(2) })).toBe('newer');
  });
});

describe('a checkpoint', () => {
  const SNAPSHOT = { step: 2, weights: [new Float32Array(4)], slots: [[new Float32Array(4)], []] };

  test('comes back with all that a run goes on from', () => {
    const best = { epoch: 1, snapshot: SNAPSHOT };
    const full: Checkpoint = checkpointAt(2, {
      snapshot: SNAPSHOT,
      earlyStopping: { before: 0, losses: [2, Number.NaN], best },
    });
    const record = checkpointRecord(full, 7);
    expect(record).toMatchObject({ written: 7, bytes: 64 });
    expect(checkpointOf(structuredClone(record))).toEqual({ found: full });
  });

  test.each<readonly [string, object]>([
    ['weights of plain numbers', { ...SNAPSHOT, weights: [[1, 2]] }],
    ['weights without what the optimizer remembers', { step: 2, weights: [] }],
    ['weights of a step before the first', { ...SNAPSHOT, step: -1 }],
  ])('is none with %s', (_what, snapshot) => {
    expect(checkpointOf({ version: 2, kind: 'checkpoint', checkpoint: { ...checkpointAt(2), snapshot } })).toBe(
      'unreadable',
    );
  });
});
