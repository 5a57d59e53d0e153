import { describe, expect, test } from 'vitest';
import type { Confusion } from '../../../../src/core/evaluation/metrics.ts';
import type { Network } from '../../../../src/core/network/network.ts';
import { coach } from '../../../../src/core/training/coach/coach.ts';
import { applyFix } from '../../../../src/core/training/coach/fixes.ts';
import type { Observation } from '../../../../src/core/training/coach/verdict.ts';
import { courseOf } from '../../../../src/core/training/loss-course.ts';
import { defaultRecipe, type Recipe } from '../../../../src/core/training/recipe.ts';
import { WEATHER } from '../../../fixtures/specs/datasets.ts';
import { layers } from '../../../fixtures/specs/fixture.ts';

const TWO: Network = { layers: layers(['dense', { units: 8 }], ['dense', { units: 1, activation: 'sigmoid' }]) };

/** Epochs of one matrix of validation rows, dry ones first, with the accuracies of both sets and a loss for each epoch. */
function run(
  confusion: Confusion,
  losses: readonly number[],
  train?: number,
  change: Partial<Recipe> = {},
): Observation {
  const rows = confusion.flat().reduce((sum, count) => sum + count, 0);
  const accuracy = confusion.reduce((sum, row, label) => sum + (row[label] ?? 0), 0) / rows;
  const recipe = { ...defaultRecipe(WEATHER), trainingImages: 5 * rows, validationSplit: 0.2, ...change };
  const dataset = { ...WEATHER, splits: { train: 5 * rows, test: rows } };
  return {
    setup: { dataset, network: TWO, recipe },
    epochs: losses.map((loss, i) => ({
      epoch: i + 1,
      trainSample: { loss, accuracy: train ?? accuracy },
      validation: { loss, accuracy },
      confusion,
    })),
    losses: courseOf(Float32Array.from({ length: 100 * losses.length }, () => 0.6)),
    stepsPerEpoch: 100,
    ended: true,
  };
}

const FLAT = [0.65, 0.645, 0.645, 0.645, 0.645, 0.645];
/** 196 of 300 rows are dry: 65.3 %. */
const ALWAYS_DRY = [
  [196, 0],
  [104, 0],
];

describe('the most frequent class', () => {
  test('a network that always gives it is told so, with its share and what to try', () => {
    const { kind, tone, title, sentence, fixes } = coach(run(ALWAYS_DRY, FLAT));
    expect([kind, tone]).toEqual(['majority', 'learning']);
    expect(title).toBe('No better than always “Dry”');
    expect(sentence).toBe(
      'training sample 65.3\u202f%, validation 65.3\u202f%. Every day gets the answer “Dry”, which is right for 65.3\u202f% of the validation rows because so many are of that class. Class weights make rare classes count more; a larger network or more epochs may find what sets them apart.',
    );
    expect(fixes.map((fix) => fix.kind)).toEqual(['classWeights', 'networkSize', 'epochs']);
    const { setup } = run(ALWAYS_DRY, FLAT);
    expect(applyFix(setup, { kind: 'classWeights' })).toMatchObject({
      label: '+Class weights',
      recipe: { classWeights: 'balanced' },
    });
  });

  test('one that names the other class as often wrongly as rightly is no better, one a little better may be by chance', () => {
    expect(
      coach(
        run(
          [
            [186, 10],
            [94, 10],
          ],
          FLAT,
        ),
      ).title,
    ).toBe('No better than always “Dry”');
    const hardly = coach(
      run(
        [
          [184, 12],
          [86, 18],
        ],
        FLAT,
      ),
    );
    expect(hardly.title).toBe('Hardly better than always “Dry”');
    expect(hardly.sentence).toContain(
      'Always answering “Dry” is right for 65.3\u202f% of the validation rows, and the difference may be chance.',
    );
    // 40 gained, 20 lost: 20 is more than twice the square root of 60.
    expect(
      coach(
        run(
          [
            [176, 20],
            [64, 40],
          ],
          FLAT,
        ),
      ).kind,
    ).not.toBe('majority');
  });

  test('a few samples that are all found are not taken for chance', () => {
    expect(
      coach(
        run(
          [
            [17, 0],
            [0, 3],
          ],
          FLAT,
        ),
      ).kind,
    ).not.toBe('majority');
  });

  test('while a run is under way it is given six epochs, and more of them first where the loss still falls', () => {
    const falling = [0.69, 0.67, 0.66, 0.63, 0.6, 0.57];
    const early = { ...run(ALWAYS_DRY, falling), ended: false };
    expect(coach({ ...early, epochs: early.epochs.slice(0, 5) }).kind).not.toBe('majority');
    expect(coach(early)).toMatchObject({ kind: 'majority', fixes: [{ kind: 'epochs' }, { kind: 'classWeights' }, {}] });
  });

  test('classes of like size have none, nor have runs whose answers are not known', () => {
    expect(
      coach(
        run(
          [
            [158, 0],
            [142, 0],
          ],
          FLAT,
        ),
      ).kind,
    ).not.toBe('majority');
    const unknown = run(ALWAYS_DRY, FLAT);
    const epochs = unknown.epochs.map((epoch) => ({ ...epoch, confusion: null }));
    expect(coach({ ...unknown, epochs }).kind).not.toBe('majority');
  });

  test('with class weights, accuracy is given up for the rare class: only one answer for all counts', () => {
    const weighted = { classWeights: 'balanced' } as const;
    expect(
      coach(
        run(
          [
            [120, 76],
            [30, 74],
          ],
          FLAT,
        ),
      ).kind,
    ).toBe('majority');
    expect(
      coach(
        run(
          [
            [120, 76],
            [30, 74],
          ],
          FLAT,
          undefined,
          weighted,
        ),
      ).kind,
    ).not.toBe('majority');
    expect(coach(run(ALWAYS_DRY, FLAT, undefined, weighted))).toMatchObject({
      kind: 'majority',
      fixes: [{ kind: 'networkSize' }, { kind: 'epochs' }],
    });
  });

  test('is named beside a gap, too', () => {
    const gap = coach(
      run(
        [
          [180, 16],
          [90, 14],
        ],
        FLAT,
        0.95,
      ),
    );
    expect(gap.kind).toBe('gap');
    expect(gap.sentence).toMatch(/than on new ones\. That is no better than always answering “Dry”: 65\.3\u202f%\.$/);
  });
});

describe('tiny losses', () => {
  const GOOD = [
    [195, 1],
    [2, 102],
  ];

  test('that fluctuate by a fifth of themselves are those of a network that fits well', () => {
    const jumping = [0.03, 0.036, 0.03, 0.036, 0.03, 0.036, 0.03, 0.036];
    const verdict = coach(run(GOOD, jumping));
    expect(verdict.kind).toBe('fitsWell');
    // The same, ten times as large, is noise that hides what there is to see.
    expect(
      coach(
        run(
          GOOD,
          jumping.map((loss) => 10 * loss),
        ),
      ).kind,
    ).toBe('noisy');
  });

  test('that rise for good are not put down to that', () => {
    expect(coach(run(GOOD, [0.05, 0.03, 0.03, 0.03, 0.06, 0.09, 0.12])).kind).toBe('unclear');
  });
});
