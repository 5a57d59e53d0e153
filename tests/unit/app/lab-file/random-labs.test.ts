import { expect, test } from 'vitest';
import { readLab, writeLab } from '../../../../src/app/lab-file/lab-file.ts';
import { uint32At } from '../../../../src/core/random.ts';
import { isFor, setupOf, sharedText } from '../../../../src/core/sharing/shared-setup.ts';
import { OPTIMIZERS } from '../../../../src/core/training/optimizers/registry.ts';
import { recipeFields } from '../../../../src/core/training/recipe-fields.ts';
import { SCHEDULES } from '../../../../src/core/training/schedule.ts';
import { SHIPPED_DATASETS } from '../../../../src/datasets/all-datasets.ts';
import { presetsFor } from '../../../../src/datasets/catalogue.ts';
import type { FoundRun } from '../../../../src/state/adopt-runs.ts';
import { type Draft, draftOf } from '../../../../src/state/draft.ts';
import { newRun } from '../../../../src/state/run.ts';
import { evaluationOf } from '../../core/support/evaluation.ts';
import { checkpointAt } from '../../support/checkpoints.ts';

/** Random numbers of a round, one after the other. */
class Chance {
  readonly #round: number;
  #at = 0;

  constructor(round: number) {
    this.#round = round;
  }

  /** 0 ... n − 1. */
  below(n: number): number {
    return uint32At([2015, this.#round, 0], this.#at++) % n;
  }

  of<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('There is nothing to choose from.');
    return item;
  }

  share(): number {
    return this.below(1_000_000) / 1_000_000;
  }

  is(): boolean {
    return this.below(2) === 1;
  }

  /** Any 32-bit float, those that JSON does not have among them. */
  float(): number {
    const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 1e-45, 3.4e38];
    return this.below(8) === 0 ? this.of(odd) : this.share() * 10 ** (this.below(12) - 6);
  }

  floats(length: number): Float32Array<ArrayBuffer> {
    return Float32Array.from({ length }, () => this.float());
  }
}

function randomDraft(chance: Chance): Draft {
  const preset = chance.of(SHIPPED_DATASETS.flatMap(({ spec }) => presetsFor(spec)));
  const draft = draftOf(preset, chance.below(2 ** 31));
  const { epochs, batchSize, learningRate } = recipeFields(draft.dataset);
  const recipe = {
    ...draft.recipe,
    epochs: chance.of(epochs.steps),
    batchSize: chance.of(batchSize.steps),
    learningRate: chance.of(learningRate.steps),
    optimizer: chance.of(Object.values(OPTIMIZERS)).defaults,
    schedule: chance.of(Object.values(SCHEDULES)).defaults,
    clipNorm: chance.is() ? null : 1 + chance.share(),
    labelNoise: chance.share() / 2,
    earlyStopping: null,
  };
  return { ...draft, recipe };
}

function randomRun(number: number, chance: Chance): FoundRun {
  const draft = randomDraft(chance);
  const steps = chance.below(40);
  const [losses, accuracies] = [chance.floats(steps), Float32Array.from({ length: steps }, () => chance.share())];
  const judged = () => ({
    loss: chance.below(4) === 0 ? Number.POSITIVE_INFINITY : chance.share() * 9,
    accuracy: chance.share(),
  });
  const epochs = Array.from({ length: chance.below(4) }, (_, i) => ({
    epoch: i + 1,
    step: i + 1,
    trainSample: chance.is() ? judged() : null,
    validation: chance.is() ? judged() : null,
    confusion: null,
    seconds: chance.share(),
  }));
  const answers = evaluationOf(
    Array.from({ length: 1 + chance.below(9) }, () => [chance.below(10), chance.below(10), chance.share()]),
  );
  const run = {
    ...newRun(number, draft, chance.of(['CNN', '<b>', '=1+1', '„Netz“ 網', '']), chance.of(['wasm', 'webgl', null])),
    phase: chance.of(['paused', 'finished', 'failed'] as const),
    hidden: chance.is(),
    pinned: chance.is(),
    stepsPerEpoch: chance.below(99),
    losses,
    accuracies,
    epochs,
    adjustments: chance.is() ? [] : [{ step: 1, values: { learningRate: chance.share() } }],
    test: draft.dataset.classes.length === 10 && chance.is() ? answers : null,
    seconds: chance.share() * 1000,
  };
  return { run, checkpoint: chance.is() ? checkpointAt(chance.below(50)) : null };
}

test('40 random labs: each comes back as it was saved, to the last bit', () => {
  for (let round = 0; round < 40; round++) {
    const chance = new Chance(round);
    const draft = randomDraft(chance);
    const lab = {
      shared: sharedText(draft, draft.presetId, chance.of(['draw', 'report', ''])),
      runs: Array.from({ length: chance.below(5) }, (_, i) => randomRun(3 * i + 1, chance)),
      texts: Array.from({ length: chance.below(4) }, (_, i) => ({
        kind: chance.of(['draft', 'drawing', 'setting'] as const),
        name: `lesson ${i}`,
        text: chance.of(['', '{}', '\u2028 "quoted" \\', 'x'.repeat(5000)]),
      })),
    };
    const reading = readLab(writeLab(lab));
    if ('problem' in reading) throw new Error(`Round ${round}: ${reading.problem}`);
    const { shared, runs, texts, unreadable } = reading.contents;
    expect({ runs, texts, unreadable }, `round ${round}`).toEqual({ runs: lab.runs, texts: lab.texts, unreadable: 0 });
    expect(isFor(shared, draft.dataset)).toBe(true);
    const { network, recipe, dataset } = draft;
    expect(setupOf(shared, dataset)).toEqual({ setup: { dataset, network, recipe } });
    // Written once more, it is the same lab again: nothing gets lost little by little.
    expect(readLab(writeLab({ ...lab, runs, texts }))).toEqual(reading);
  }
});
