import { describe, expect, test } from 'vitest';
import { FIGURES, type Figure, figureOf, type MeasuredRun } from '../../../../src/core/lessons/figures.ts';
import { type Condition, measuredOption, withChosen, withFigures } from '../../../../src/core/lessons/outcome.ts';

const epoch = (training: number, accuracy: number, loss: number) => ({
  trainSample: { loss: loss / 2, accuracy: training },
  validation: { loss, accuracy },
});

/** Overfits: best loss in the second of three epochs. */
const RUN: MeasuredRun = {
  epochs: [epoch(0.6, 0.5, 1), epoch(0.8, 0.7, 0.6), epoch(0.95, 0.65, 0.8)],
  losses: [9, 2, 3, 1, 0.5, 1.5],
  test: { accuracy: 0.6 },
  seconds: 2.5,
  // Of four samples of the last class two are found, one of them by an output above one half; one other is taken for that class.
  answers: {
    classes: 3,
    labels: Uint8Array.of(0, 1, 2, 2, 2, 2),
    probabilities: Float32Array.of(
      ...[0.2, 0.2, 0.6],
      ...[0.1, 0.9, 0],
      ...[0.1, 0.1, 0.8],
      ...[0.3, 0.3, 0.4],
      ...[0.4, 0.3, 0.3],
      ...[0.3, 0.4, 0.3],
    ),
  },
};
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
  ['noise', Math.SQRT1_2],
  ['testAccuracy', 0.6],
  ['recall', 0.5],
  ['precision', 2 / 3],
  ['thresholdedRecall', 2 / 6],
  ['seconds', 2.5],
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
    expect(withFigures('{a.seconds}, {a.noise}, {a.recall}', runs)).toBe('2.5\u202fs, 0.707, 50.0\u202f%');
    expect(withFigures('{never.validationAccuracy} {unknown.gap} {a.nothing}', runs)).toBe('… … {a.nothing}');
  });
});

test('the chosen run is the best by validation accuracy, once all are there', () => {
  const worse = { ...RUN, epochs: RUN.epochs.slice(0, 1) };
  const runs = new Map([
    ['worse', worse],
    ['better', RUN],
    ['change', { ...RUN, epochs: RUN.epochs.slice(0, 2) }],
  ]);
  expect(withChosen(['worse', 'better'], runs).get('chosen')).toBe(RUN);
  expect(withChosen(['worse', 'better', 'missing'], runs).get('chosen')).toBeUndefined();
});

test('every figure has a value of a run', () => {
  for (const figure of FIGURES) expect(Number.isFinite(figureOf(RUN, figure)), figure).toBe(true);
});
