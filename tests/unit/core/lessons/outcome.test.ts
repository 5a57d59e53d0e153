import { describe, expect, test } from 'vitest';
import {
  type Condition,
  FIGURES,
  type Figure,
  figureOf,
  type MeasuredRun,
  measuredOption,
  withFigures,
} from '../../../../src/core/lessons/outcome.ts';

const epoch = (training: number, accuracy: number, loss: number) => ({
  trainSample: { loss: loss / 2, accuracy: training },
  validation: { loss, accuracy },
});

/** Overfits: best loss in the second of three epochs. */
const RUN: MeasuredRun = { epochs: [epoch(0.6, 0.5, 1), epoch(0.8, 0.7, 0.6), epoch(0.95, 0.65, 0.8)], losses: [2, 1] };
const NEVER: MeasuredRun = { epochs: [], losses: [Number.NaN] };

test.each<[Figure, number]>([
  ['validationAccuracy', 0.65],
  ['trainingAccuracy', 0.95],
  ['validationLoss', 0.8],
  ['trainingLoss', 0.4],
  ['gap', 0.3],
  ['bestAccuracy', 0.7],
  ['bestEpoch', 2],
  ['firstAccuracy', 0.5],
  ['rise', 0.2],
])('%s', (figure, value) => expect(figureOf(RUN, figure)).toBeCloseTo(value, 12));

test('a run that broke off before an epoch was over has no accuracy', () => {
  expect(figureOf(NEVER, 'validationAccuracy')).toBeNaN();
  expect(figureOf(NEVER, 'gap')).toBeNaN();
});

describe('a condition', () => {
  const runs = new Map([
    ['a', RUN],
    ['b', { ...RUN, epochs: RUN.epochs.slice(0, 2) }],
    ['never', NEVER],
  ]);
  const of = (run: string) => ({ run, figure: 'validationAccuracy' }) as const;

  test.each<[Condition, boolean]>([
    [{ left: of('a'), is: 'above', right: 0.6 }, true],
    [{ left: of('a'), is: 'above', right: 0.6, by: 0.1 }, false],
    [{ left: of('b'), is: 'above', right: of('a'), by: 0.04 }, true],
    [{ left: of('a'), is: 'below', right: of('b'), by: 0.04 }, true],
    [{ left: of('a'), is: 'below', right: of('b'), by: 0.06 }, false],
    [{ left: of('never'), is: 'below', right: 1 }, false],
    [{ left: of('unknown'), is: 'above', right: 0 }, false],
  ])('%j: %s', (condition, expected) => {
    const outcomes = [
      { option: 'it holds', when: [condition] },
      { option: 'it does not', when: [] },
    ];
    expect(measuredOption(outcomes, runs) === 'it holds').toBe(expected);
  });

  test('the first outcome that holds is what was measured', () => {
    const outcomes = [
      { option: 'high', when: [{ left: of('a'), is: 'above' as const, right: 0.9 }] },
      { option: 'middle', when: [{ left: of('a'), is: 'above' as const, right: 0.6 }] },
      { option: 'low', when: [] },
    ];
    expect(measuredOption(outcomes, runs)).toBe('middle');
    expect(measuredOption(outcomes, new Map())).toBe('low');
  });

  test('its figures stand in texts as people read them', () => {
    expect(withFigures('{a.validationAccuracy}, {a.gap}, {a.validationLoss}, {a.bestEpoch}', runs)).toBe(
      '65.0\u202f%, 30.0 points, 0.800, 2',
    );
    expect(withFigures('{never.validationAccuracy} {unknown.gap} {a.nothing}', runs)).toBe('… … {a.nothing}');
  });
});

test('every figure has a value of a run', () => {
  for (const figure of FIGURES) expect(Number.isFinite(figureOf(RUN, figure)), figure).toBe(true);
});
