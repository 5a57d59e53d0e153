import { expect, test } from 'vitest';
import { demosFor } from '../../../../src/datasets/demos.ts';
import { overfittingDemo } from '../../../../src/datasets/fashion-mnist/presets/own.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import { headOf, type Shown, shownOfDemo } from '../../../../src/features/present/shown.ts';
import { demoPlans, purposeOf } from '../../../../src/state/demo.ts';
import { draftOf, withRecipe } from '../../../../src/state/draft.ts';
import type { Queued } from '../../../../src/state/queue.ts';
import { newRun } from '../../../../src/state/run.ts';

const DRAFT = draftOf(overfittingDemo, 42);
const IDLE: Queued = { purpose: '', plans: [], state: 'idle' };

function shown(number: number, draft = DRAFT): Shown {
  return { name: `Run ${number}`, run: newRun(number, draft, `Run ${number}`), epochs: 5 };
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
