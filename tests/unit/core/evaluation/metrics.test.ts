import { describe, expect, test } from 'vitest';
import { argmax, confusionOf } from '../../../../src/core/evaluation/confusion.ts';
import { type Answers, classificationReport, type Scores } from '../../../../src/core/evaluation/metrics.ts';
import recorded from '../../../fixtures/metrics/reports.json' with { type: 'json' };

/** Softmax outputs that make the given classes the largest. */
function probabilitiesOf(predicted: readonly number[]): Float32Array<ArrayBuffer> {
  const probabilities = new Float32Array(predicted.length * 10).fill(0.05);
  predicted.forEach((label, image) => {
    probabilities[image * 10 + label] = 0.55;
  });
  return probabilities;
}

/** What a network answered to images of ten classes. */
function answersTo(labels: readonly number[], predicted: readonly number[]): Answers {
  return { labels: Uint8Array.from(labels), probabilities: probabilitiesOf(predicted), classes: 10 };
}

function expectScores(actual: Scores | undefined, expected: Scores): void {
  expect(actual?.support).toBe(expected.support);
  for (const figure of ['precision', 'recall', 'f1'] as const) {
    expect(Math.abs((actual?.[figure] ?? Number.NaN) - expected[figure])).toBeLessThan(1e-12);
  }
}

describe('against scikit-learn', () => {
  test.each(recorded)('$name: the same counts and figures', ({ labels, predicted, confusion, ...expected }) => {
    const counts = confusionOf(answersTo(labels, predicted));
    expect(counts).toEqual(confusion);
    const report = classificationReport(counts);
    expect(report.classes).toHaveLength(10);
    expected.classes.forEach((scores, label) => {
      expectScores(report.classes[label], scores);
    });
    expectScores(report.micro, expected.micro);
    expectScores(report.macro, expected.macro);
    expectScores(report.weighted, expected.weighted);
    expect(Math.abs(report.accuracy - expected.accuracy)).toBeLessThan(1e-12);
  });
});

describe('by hand', () => {
  test('precision counts a column, recall a row, F1 is their harmonic mean', () => {
    // 3 shirts: 2 found, 1 taken for a coat. 1 coat, found. One T-shirt taken for a shirt.
    const confusion = confusionOf(answersTo([6, 6, 6, 4, 0], [6, 6, 4, 4, 6]));
    const { classes, accuracy } = classificationReport(confusion);
    expect(classes[6]).toEqual({ precision: 2 / 3, recall: 2 / 3, f1: 2 / 3, support: 3 });
    expect(classes[4]).toEqual({ precision: 1 / 2, recall: 1, f1: 2 / 3, support: 1 });
    expect(classes[0]).toEqual({ precision: 0, recall: 0, f1: 0, support: 1 });
    expect(accuracy).toBe(3 / 5);
  });

  test('without an image every figure is 0, and none is NaN', () => {
    const report = classificationReport(confusionOf(answersTo([], [])));
    const nothing = { precision: 0, recall: 0, f1: 0, support: 0 };
    expect(report.classes).toEqual(new Array(10).fill(nothing));
    expect([report.micro, report.macro, report.weighted]).toEqual([nothing, nothing, nothing]);
    expect(report.accuracy).toBe(0);
  });

  test('of equal probabilities the first class wins, as in NumPy', () => {
    expect(argmax(new Float32Array(10).fill(0.1), 0, 10)).toBe(0);
    expect(argmax(Float32Array.of(0, 0, 0.4, 0, 0.4, 0, 0, 0.2, 0, 0), 0, 10)).toBe(2);
  });

  test('an image is looked up at its own place among the others', () => {
    expect(argmax(probabilitiesOf([3, 9, 5]), 1, 10)).toBe(9);
    expect(argmax(probabilitiesOf([3, 9, 5]), 2, 10)).toBe(5);
  });
});
