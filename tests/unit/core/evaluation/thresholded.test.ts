import { describe, expect, test } from 'vitest';
import type { Answers, Scores } from '../../../../src/core/evaluation/metrics.ts';
import { thresholdedReport, thresholdedSentence } from '../../../../src/core/evaluation/thresholded.ts';
import recorded from '../../../fixtures/thresholded/reports.json' with { type: 'json' };

function expectScores(actual: Scores | null | undefined, expected: Scores): void {
  expect(actual?.support).toBe(expected.support);
  for (const figure of ['precision', 'recall', 'f1'] as const) {
    expect(Math.abs((actual?.[figure] ?? Number.NaN) - expected[figure])).toBeLessThan(1e-12);
  }
}

const IMAGE = { one: 'image', many: 'images' };

/** What a network answered to images of ten classes. */
function answersTo(labels: readonly number[], probabilities: readonly number[]): Answers {
  return { labels: Uint8Array.from(labels), probabilities: Float32Array.from(probabilities), classes: 10 };
}

describe('against scikit-learn, as a multi-label problem', () => {
  test.each(recorded)('$name: the same figures', ({ labels, probabilities, ...expected }) => {
    const report = thresholdedReport(answersTo(labels, probabilities));
    expect(report.classes).toHaveLength(10);
    expected.classes.forEach((scores, label) => {
      expectScores(report.classes[label], scores);
    });
    for (const average of ['micro', 'macro', 'weighted', 'samples'] as const)
      expectScores(report[average], expected[average]);
    expect(Math.abs(report.accuracy - expected.accuracy)).toBeLessThan(1e-12);
  });

  test.each(recorded)('$name: as many images without an answer', ({ labels, probabilities, undecided }) => {
    const sentence = thresholdedSentence(answersTo(labels, probabilities), IMAGE);
    expect(sentence).toContain(undecided === 0 ? 'Every image' : `${undecided} of ${labels.length} images`);
  });
});

describe('by hand', () => {
  // A shirt that is found, a shirt without an answer whose largest output is right, and one whose largest is wrong.
  const probabilities = new Float32Array(30);
  probabilities[6] = 0.9;
  probabilities[16] = 0.4;
  probabilities[14] = 0.3;
  probabilities[22] = 0.5;
  const answers = answersTo([6, 6, 6], [...probabilities]);

  test('an image with no class above 0.5 lowers recall and leaves precision alone', () => {
    const report = thresholdedReport(answers);
    expect(report.classes[6]).toEqual({ precision: 1, recall: 1 / 3, f1: 1 / 2, support: 3 });
    expect(report.micro).toEqual({ precision: 1, recall: 1 / 3, f1: 1 / 2, support: 3 });
    expect(report.samples?.recall).toBe(1 / 3);
  });

  test('a sentence says how many images have no answer, and how many of them the largest output gets right', () => {
    expect(thresholdedSentence(answers, IMAGE)).toBe(
      '2 of 3 images have no class above 0.5. They count as unclassified. Taking the largest output would classify them too, and would be right for 1 of them.',
    );
    const decided = answersTo([6], [...probabilities.subarray(0, 10)]);
    expect(thresholdedSentence(decided, IMAGE)).toContain('the same answers');
  });

  test('without an image every figure is 0', () => {
    const report = thresholdedReport(answersTo([], []));
    expect([report.accuracy, report.samples?.f1, report.micro.f1]).toEqual([0, 0, 0]);
  });
});
