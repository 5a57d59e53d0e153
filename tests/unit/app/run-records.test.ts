import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRecords } from '../../../src/app/run-records.ts';
import { settingsOf } from '../../../src/core/training/live-settings.ts';
import { OPTIMIZERS } from '../../../src/core/training/optimizers/registry.ts';
import { DEFAULT_EARLY_STOPPING } from '../../../src/core/training/recipe.ts';
import type { Snapshot } from '../../../src/core/training/snapshot.ts';
import { FASHION_MNIST_PRESETS as PRESETS } from '../../../src/datasets/fashion-mnist/presets/catalogue.ts';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { draftOf, withRecipe } from '../../../src/state/draft.ts';
import { newRun, type Run } from '../../../src/state/run.ts';
import { VALID_NETWORK } from '../../fixtures/specs/arbitrary.ts';
import { evaluationOf } from '../core/support/evaluation.ts';
import { checkpointAt } from '../support/checkpoints.ts';

const draft = draftOf(ciutacuCnn, 42);
const CONFUSION = Array.from({ length: 10 }, () => new Array<number>(10).fill(3));
const EVALUATION = evaluationOf([
  [6, 0, 0.75],
  [4, 4, 0.5],
]);

/** A run that has something of everything that is kept. */
function fullRun(number: number): Run {
  return {
    ...newRun(number, draft, 'CNN', 'wasm'),
    carriedFrom: 1,
    pinned: true,
    phase: 'paused',
    stepsPerEpoch: 2,
    losses: Float32Array.of(2, 1, Number.NaN),
    accuracies: Float32Array.of(0.1, 0.5, 0.75),
    epochs: [
      {
        epoch: 1,
        step: 2,
        trainSample: { loss: 1, accuracy: 0.5 },
        validation: { loss: Number.POSITIVE_INFINITY, accuracy: 0 },
        confusion: CONFUSION,
        seconds: 1.5,
      },
      { epoch: 2, step: 3, trainSample: null, validation: null, confusion: null, seconds: 3 },
    ],
    adjustments: [{ step: 1, values: { learningRate: 0.1, dropout: null } }],
    stoppedAt: 2,
    restoredEpoch: 1,
    validation: { ...EVALUATION, set: 'validation' },
    test: EVALUATION,
    imagesPerSecond: 800,
    seconds: 3,
    failure: 'The loss blew up.',
  };
}

const SNAPSHOT: Snapshot = { step: 2, weights: [new Float32Array(4)], slots: [[new Float32Array(4)], []] };
const record = (run: object, number = 2) => [`run ${number}`, { kind: 'run', run }] as const;
const weights = (snapshot: object, number = 2) => [`weights ${number}`, { kind: 'weights', number, snapshot }] as const;

/** What a browser's database gives back of the records. */
const read = (...records: (readonly [string, unknown])[]) => readRecords(structuredClone(records));

describe('what was kept comes back', () => {
  test('a run with everything that it can have, its weights, and which one was current', () => {
    const best = { epoch: 1, snapshot: SNAPSHOT };
    const checkpoint = checkpointAt(2, { earlyStopping: { before: 0, losses: [2, Number.NaN], best } });
    const entry = ['weights 2', { kind: 'weights', number: 2, ...checkpoint }] as const;
    const kept = read(record(fullRun(2)), entry, ['current', { kind: 'current', number: 2 }]);
    expect(kept).toEqual({
      runs: [fullRun(2)],
      checkpoints: new Map([[2, checkpoint]]),
      current: 2,
      lastNumber: 2,
      leftOut: 0,
    });
  });

  test('weights that were kept alone, with what the run tells of its settings and its length', () => {
    const adjustments = [{ step: 1, values: { learningRate: 0.5 } }];
    const run = { ...fullRun(2), adjustments };
    expect(read(record(run), weights(SNAPSHOT)).checkpoints.get(2)).toEqual({
      snapshot: SNAPSHOT,
      judgedEpochs: run.epochs.filter(({ step }) => step <= SNAPSHOT.step).length,
      course: { settings: { ...settingsOf(run.draft.recipe), learningRate: 0.5 }, lengths: [run.draft.recipe.epochs] },
      earlyStopping: null,
    });
  });

  test('a run that was only begun, of every preset', () => {
    const runs = PRESETS.map((preset, i) => newRun(i + 1, draftOf(preset, 7), preset.title));
    expect(read(...runs.map((run) => record(run, run.number))).runs).toEqual(runs);
  });

  test('every network that can be trained, and every optimizer', () => {
    fc.assert(
      fc.property(VALID_NETWORK, fc.constantFrom(...Object.values(OPTIMIZERS)), (network, { defaults }) => {
        const own = withRecipe(
          { ...draft, network },
          { optimizer: defaults, earlyStopping: DEFAULT_EARLY_STOPPING },
          '',
        );
        const run = newRun(2, own, 'CNN');
        expect(read(record(run)).runs).toEqual([run]);
      }),
      { numRuns: 60, seed: 2018 },
    );
  });

  test('an option that did not exist when a run was kept is as it was then', () => {
    const { labelNoise: _, ...recipe } = draft.recipe;
    const { runs } = read(record({ ...fullRun(2), draft: { ...draft, recipe } }));
    expect(runs[0]?.draft.recipe.labelNoise).toBe(0);
  });
});

describe('what does not fit is left out and counted, and the rest comes back', () => {
  const { pinned: _, ...withoutPin } = fullRun(2);
  const layer = { kind: 'dense', id: 'a', off: false, units: -4 };

  test.each<readonly [string, object]>([
    ['a run of an older form', withoutPin],
    ['fewer accuracies than losses', { ...fullRun(2), accuracies: new Float32Array(2) }],
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
    const kept = read(record(run), record(fullRun(1), 1));
    expect(kept.runs).toEqual([fullRun(1)]);
    expect(kept.leftOut).toBe(1);
  });

  test.each<readonly [string, object]>([
    ['weights of plain numbers', { ...SNAPSHOT, weights: [[1, 2]] }],
    ['weights without what the optimizer remembers', { step: 2, weights: [] }],
    ['weights of a step before the first', { ...SNAPSHOT, step: -1 }],
  ])('%s', (_what, snapshot) => {
    const kept = read(record(fullRun(2)), weights(snapshot));
    expect([kept.runs.length, kept.checkpoints.size, kept.leftOut]).toEqual([1, 0, 1]);
  });

  test('any garbage', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string(), fc.anything({ withBigInt: true, withTypedArray: true }))),
        (records) => {
          const kept = readRecords([...records, record(fullRun(2))]);
          expect(kept.runs).toEqual([fullRun(2)]);
          expect(kept.leftOut).toBe(records.length);
        },
      ),
      { numRuns: 300, seed: 2018 },
    );
  });

  test('layers that name themselves', () => {
    const layers: unknown[] = [];
    layers.push({ layers });
    expect(read(record({ ...fullRun(2), draft: { ...draft, network: { layers } } })).leftOut).toBe(1);
  });

  test('the weights of a run that is left out are left alone too', () => {
    const kept = read(record(withoutPin), weights(SNAPSHOT));
    expect([kept.checkpoints.size, kept.leftOut]).toEqual([0, 1]);
  });

  test('its number stays taken, so that no new run is written over it', () => {
    expect(read(record(withoutPin, 9), record(fullRun(2))).lastNumber).toBe(9);
    expect(read(weights(SNAPSHOT, 11), ['current', { kind: 'current', number: null }]).lastNumber).toBe(11);
    expect(read().lastNumber).toBe(0);
  });
});
