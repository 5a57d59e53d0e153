import { describe, expect, test } from 'vitest';
import type { Recipe } from '../../../../src/core/training/recipe.ts';
import { demosFor } from '../../../../src/datasets/demos.ts';
import { overfittingDemo } from '../../../../src/datasets/fashion-mnist/presets/own.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import { bandsOf, headOf, type Shown, shownOfDemo, shownOfRuns } from '../../../../src/features/present/shown.ts';
import { demoPlans, purposeOf } from '../../../../src/state/demo.ts';
import { draftOf, withRecipe } from '../../../../src/state/draft.ts';
import type { Queued } from '../../../../src/state/queue.ts';
import { newRun, type Run } from '../../../../src/state/run.ts';

const DRAFT = draftOf(overfittingDemo, 42);
const IDLE: Queued = { purpose: '', plans: [], state: 'idle' };

function shown(number: number, draft = DRAFT): Shown {
  return { name: `Run ${number}`, run: newRun(number, draft, `Run ${number}`), epochs: 5, group: [] };
}

/** A run that has ended, with the validation accuracy of each epoch. */
function ended(number: number, values: Partial<Recipe>, accuracies: readonly number[]): Run {
  const epochs = accuracies.map((accuracy, i) => ({
    epoch: i + 1,
    step: 10 * (i + 1),
    trainSample: null,
    validation: { loss: 1 - accuracy, accuracy },
    confusion: null,
    seconds: i,
  }));
  return { ...newRun(number, withRecipe(DRAFT, values, 'x'), `Run ${number}`), phase: 'finished', epochs };
}

test('two runs are asked to be compared by what sets them apart', () => {
  const slower = withRecipe(DRAFT, { learningRate: 1e-4, batchSize: 64, epochs: 9, labelNoise: 0.1 }, 'slower');
  expect(headOf([shown(1), shown(3, withRecipe(DRAFT, { epochs: 9 }, 'longer'))]).words).toBe(
    'Run 3 beside run 1: epochs 30 → 9',
  );
  expect(headOf([shown(1), shown(2, slower)]).words).toMatch(/^Run 2 beside run 1: lr .* · .* · .* and 1 more$/);
  expect(headOf([shown(1), shown(2)]).words).toBe('Run 2 beside run 1: nothing changed');
});

test('a run alone is not asked to be compared', () => {
  expect(headOf([shown(1)]).title).toBe('Does it fit?');
});

test('a demo shows what is to come, the runs that its queue trains, and later the runs that were made like it', () => {
  const [demo] = demosFor(FASHION_MNIST);
  if (demo === undefined) throw new Error('There are demos.');
  const [first, second] = demoPlans(demo);
  if (first === undefined || second === undefined) throw new Error('A demo is two runs.');
  const [one, two, again] = [newRun(1, first.draft, 'a'), newRun(2, second.draft, 'b'), newRun(3, first.draft, 'a')];
  const numbers = (...args: Parameters<typeof shownOfDemo>) => shownOfDemo(...args).map(({ run }) => run?.number);
  expect(numbers(demo, [newRun(1, DRAFT, 'another')], IDLE)).toEqual([undefined, undefined]);
  expect(numbers(demo, [two, one], IDLE)).toEqual([1, 2]);
  const plans = [
    { ...first, run: 3 },
    { ...second, run: null },
  ];
  const queued: Queued = { purpose: purposeOf(demo), state: 'running', plans };
  expect(numbers(demo, [again, two, one], queued)).toEqual([3, undefined]);
  expect(numbers(demo, [again, two, one], { ...queued, purpose: 'sweep' })).toEqual([3, 2]);
});

describe('runs that differ in their seed alone', () => {
  const [one, two, three, four] = [
    ended(1, { batchSize: 16, seed: 1 }, [0.5, 0.625]),
    ended(2, { batchSize: 32, seed: 1 }, [0.5, 0.75]),
    ended(3, { batchSize: 16, seed: 2 }, [0.25, 0.875]),
    ended(4, { batchSize: 16, seed: 3 }, [0.75, 0.75]),
  ];
  const newestFirst = [four, three, two, one];
  const numbers = (runs: readonly Run[]) => shownOfRuns(runs).map(({ run }) => run?.number);

  test('are one side of the screen, where there are others for the other side', () => {
    expect(numbers(newestFirst)).toEqual([2, 4]);
    expect(shownOfRuns(newestFirst).map(({ group }) => group.map(({ number }) => number))).toEqual([[2], [1, 3, 4]]);
  });

  test('are both sides where there are no others, or where they are pinned', () => {
    expect(numbers([four, three, one])).toEqual([3, 4]);
    expect(numbers([four, { ...three, pinned: true }, two, { ...one, pinned: true }])).toEqual([1, 3]);
  });

  test('have a band from the least to the most, as far as the screen shows', () => {
    const [, right] = shownOfRuns(newestFirst);
    const [line] = bandsOf(right?.group ?? [], 'accuracy', null);
    expect(line?.validation).toEqual([
      { epoch: 1, value: 0.5 },
      { epoch: 2, value: 0.75 },
    ]);
    expect(line?.band).toMatchObject({ runs: [1, 3, 4], low: [{ value: 0.25 }, { value: 0.625 }] });
    const [cut] = bandsOf(right?.group ?? [], 'accuracy', 1);
    expect([cut?.validation.length, cut?.band?.low, cut?.band?.high]).toEqual([
      1,
      [{ epoch: 1, value: 0.25 }],
      [{ epoch: 1, value: 0.75 }],
    ]);
  });

  test('have none as long as only one of them has ended', () => {
    expect(bandsOf([one, { ...three, phase: 'training' }], 'accuracy', null)).toEqual([]);
    expect(bandsOf([], 'accuracy', null)).toEqual([]);
  });
});
