import { expect, test } from 'vitest';
import {
  checkGoal,
  conditionText,
  type GoalCondition,
  MEASURES,
  measureText,
} from '../../../../src/core/classroom/goal.ts';

const run = {
  epochs: [
    { trainSample: { loss: 0.5, accuracy: 0.85 }, validation: { loss: 0.4, accuracy: 0.9 } },
    { trainSample: { loss: 0.3, accuracy: 0.95 }, validation: { loss: 0.5, accuracy: 0.88 } },
  ],
  losses: new Float32Array([1, 0.5]),
  test: { accuracy: 0.87 },
  seconds: 12,
};

const values = {
  validationAccuracy: 0.88,
  bestAccuracy: 0.9,
  testAccuracy: 0.87,
  validationLoss: 0.5,
  gap: 0.07,
  parameters: 5000,
  seconds: 12,
} as const;

test.each(MEASURES)('%s is met beyond its bound and not at it', (measure) => {
  const value = values[measure];
  const check = (is: 'over' | 'under', bound: number) =>
    checkGoal([{ measure, is, bound }], { run, parameters: 5000 })[0];
  expect(check('over', value - 0.001)?.value).toBeCloseTo(value, 9);
  expect(check('over', value - 0.001)?.isMet).toBe(true);
  expect(check('over', value + 0.001)?.isMet).toBe(false);
  expect(check('under', value + 0.001)?.isMet).toBe(true);
  expect(check('under', value - 0.001)?.isMet).toBe(false);
});

test('a figure exactly at its bound is neither over nor under', () => {
  const parameters = 100_000;
  for (const is of ['over', 'under'] as const)
    expect(checkGoal([{ measure: 'parameters', is, bound: parameters }], { run: null, parameters })[0]?.isMet).toBe(
      false,
    );
});

test('without a run only the parameters are known, and nothing else is met', () => {
  const goal: readonly GoalCondition[] = MEASURES.flatMap((measure) => [
    { measure, is: 'over', bound: -1e9 },
    { measure, is: 'under', bound: 1e9 },
  ]);
  for (const empty of [null, { ...run, epochs: [], losses: new Float32Array(), test: null }]) {
    const met = checkGoal(goal, { run: empty, parameters: 10 }).filter(({ isMet }) => isMet);
    expect(new Set(met.map(({ measure }) => measure))).toEqual(new Set(['parameters']));
  }
});

test('conditions in words', () => {
  expect(conditionText({ measure: 'validationAccuracy', is: 'over', bound: 0.88 })).toBe(
    'Validation accuracy over 88.0\u202f%',
  );
  expect(conditionText({ measure: 'parameters', is: 'under', bound: 100_000 })).toBe('Parameters under 100,000');
  expect(measureText('validationAccuracy', Number.NaN)).toBe('–');
});
