import { describe, expect, test } from 'vitest';
import { at } from '../../../../../src/core/at.ts';
import { brierScore, calibrationError, reliability } from '../../../../../src/core/evaluation/binary/calibration.ts';
import {
  averagePrecision,
  precisionRecallCurve,
  rocArea,
  rocCurve,
} from '../../../../../src/core/evaluation/binary/curves.ts';
import { confusionAt, type Outcomes, outcomesOf } from '../../../../../src/core/evaluation/binary/outcomes.ts';
import { classificationReport } from '../../../../../src/core/evaluation/metrics.ts';
import threeClasses from '../../../../fixtures/sklearn/one-class-against-the-rest.json' with { type: 'json' };
import twoClasses from '../../../../fixtures/sklearn/two-classes.json' with { type: 'json' };

type Recorded = (typeof twoClasses)[number];

/** As close as scikit-learn's own order of summing allows. */
function expectNumbers(actual: readonly number[], expected: readonly (number | null)[]): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => {
    const wanted = expected[i] ?? Number.POSITIVE_INFINITY;
    if (value !== wanted) expect(Math.abs(value - wanted)).toBeLessThan(1e-9);
  });
}

function outcomesIn({ labels, scores }: Recorded): Outcomes {
  const probabilities = Float32Array.from(scores.flatMap((score) => [1 - score, score]));
  return outcomesOf({ labels: Uint8Array.from(labels), probabilities, classes: 2 }, 1);
}

function expectSame(outcomes: Outcomes, recorded: Recorded): void {
  const roc = rocCurve(outcomes) ?? [];
  expectNumbers(
    roc.map(({ falsePositiveRate }) => falsePositiveRate),
    recorded.roc.fpr,
  );
  expectNumbers(
    roc.map(({ truePositiveRate }) => truePositiveRate),
    recorded.roc.tpr,
  );
  expectNumbers(
    roc.map(({ threshold }) => threshold),
    recorded.roc.thresholds,
  );
  expectNumbers([rocArea(roc)], [recorded.area]);
  const curve = precisionRecallCurve(outcomes) ?? [];
  expectNumbers(
    curve.map(({ precision }) => precision),
    recorded.precisionRecall.precision,
  );
  expectNumbers(
    curve.map(({ recall }) => recall),
    recorded.precisionRecall.recall,
  );
  expectNumbers(
    curve.slice(0, -1).map(({ threshold }) => threshold),
    recorded.precisionRecall.thresholds,
  );
  expectNumbers([averagePrecision(curve)], [recorded.averagePrecision]);
}

function expectSameCalibration(outcomes: Outcomes, recorded: Recorded): void {
  const bins = reliability(outcomes);
  expectNumbers(
    bins.map(({ share }) => share),
    recorded.calibration.share,
  );
  expectNumbers(
    bins.map(({ confidence }) => confidence),
    recorded.calibration.confidence,
  );
  expect(bins.map(({ count }) => count)).toEqual(recorded.calibration.counts);
  expectNumbers([calibrationError(bins), brierScore(outcomes)], [recorded.calibrationError, recorded.brier]);
}

describe.each(twoClasses)('two classes as scikit-learn judges them: $name', (recorded) => {
  test('curves and areas', () => expectSame(outcomesIn(recorded), recorded));

  test('calibration', () => expectSameCalibration(outcomesIn(recorded), recorded));

  test.each(recorded.decisions)('the decisions at the threshold $threshold', ({ threshold, confusion, positive }) => {
    const counts = confusionAt(outcomesIn(recorded), threshold);
    expect(counts).toEqual(confusion);
    const { precision, recall, f1 } = at(classificationReport(counts).classes, 1);
    expectNumbers([precision, recall, f1], [positive.precision, positive.recall, positive['f1-score']]);
  });
});

test.each([0, 1, 2])('class %i of three against the rest, as scikit-learn judges it', (positive) => {
  const labels = Uint8Array.from(threeClasses.labels);
  const probabilities = Float32Array.from(threeClasses.probabilities);
  const outcomes = outcomesOf({ labels, probabilities, classes: 3 }, positive);
  const recorded = at(threeClasses.classes, positive);
  expectSame(outcomes, recorded);
  expectSameCalibration(outcomes, recorded);
});

describe('where there is nothing to judge', () => {
  const noneOf = (labels: readonly number[]) =>
    outcomesOf({ labels: Uint8Array.from(labels), probabilities: new Float32Array(2 * labels.length), classes: 2 }, 1);

  test('no curve without a sample of the class, or without the rest', () => {
    expect(rocCurve(noneOf([0, 0]))).toBeNull();
    expect(precisionRecallCurve(noneOf([0, 0]))).toBeNull();
    expect(rocCurve(noneOf([1, 1]))).toBeNull();
    expect(precisionRecallCurve(noneOf([1, 1]))).not.toBeNull();
  });

  test('figures of no sample at all are 0', () => {
    expect(reliability(noneOf([]))).toEqual([]);
    expect(calibrationError([])).toBe(0);
    expect(brierScore(noneOf([]))).toBe(0);
  });
});
