import { describe, expect, test } from 'vitest';
import { confusionOf } from '../../../../src/core/evaluation/confusion.ts';
import { classificationReport } from '../../../../src/core/evaluation/metrics.ts';
import { reportCsv, reportLatex, reportText } from '../../../../src/core/evaluation/report-text.ts';
import { thresholdedReport } from '../../../../src/core/evaluation/thresholded.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import recorded from '../../../fixtures/metrics/texts.json' with { type: 'json' };
import thresholded from '../../../fixtures/thresholded/reports.json' with { type: 'json' };

const NAMES = FASHION_MNIST.classes;

function reportOf(labels: readonly number[], predicted: readonly number[]) {
  const probabilities = new Float32Array(predicted.length * 10);
  predicted.forEach((label, image) => {
    probabilities[image * 10 + label] = 1;
  });
  return classificationReport(confusionOf({ labels: Uint8Array.from(labels), probabilities, classes: 10 }));
}

describe('as text', () => {
  test.each(recorded)('$name: what scikit-learn prints, to the character', ({ labels, predicted, text, text4 }) => {
    const report = reportOf(labels, predicted);
    expect(reportText(report, NAMES)).toBe(text);
    expect(reportText(report, NAMES, 4)).toBe(text4);
  });

  test.each(thresholded)('thresholded, $name: what scikit-learn prints, to the character', (recording) => {
    const probabilities = Float32Array.from(recording.probabilities);
    const answers = { labels: Uint8Array.from(recording.labels), probabilities, classes: 10 };
    expect(reportText(thresholdedReport(answers), NAMES)).toBe(recording.text);
  });

  test('among the recordings are figures that lie exactly between two, and rows for accuracy and for micro averages', () => {
    const texts = recorded.map(({ text }) => text).join('');
    expect(texts).toContain('T-shirt/top       1.00      0.12      0.22         8');
    expect(texts).toContain('    Trouser       0.38      1.00      0.55         3');
    expect(texts).toContain('    accuracy  ');
    expect(texts).toContain('   micro avg  ');
  });
});

describe('to copy elsewhere', () => {
  const report = reportOf([0, 0, 0, 1], [0, 0, 1, 1]);

  test('comma-separated values have every digit, one row a line', () => {
    const rows = reportCsv(report, NAMES).split('\r\n');
    expect(rows[0]).toBe('class,precision,recall,f1-score,support');
    expect(rows[1]).toBe('T-shirt/top,1,0.6666666666666666,0.8,3');
    expect(rows[10]).toBe('Ankle boot,0,0,0,0');
    expect(rows.slice(11)).toEqual([
      'micro avg,0.75,0.75,0.75,4',
      `macro avg,0.15,${(2 / 3 + 1) / 10},${(0.8 + 2 / 3) / 10},4`,
      `weighted avg,0.875,0.75,${(0.8 * 3 + 2 / 3) / 4},4`,
      '',
    ]);
  });

  test('LaTeX has a line for each class and each average', () => {
    const lines = reportLatex(report, NAMES).split('\n');
    expect(lines).toContain('  T-shirt/top & 1.000 & 0.667 & 0.800 & 3 \\\\');
    expect(lines).toContain('  weighted avg & 0.875 & 0.750 & 0.767 & 4 \\\\');
    expect(lines.filter((line) => line.endsWith('\\\\'))).toHaveLength(14);
    expect(lines.filter((line) => line === '  \\midrule')).toHaveLength(2);
  });

  test('where scikit-learn prints the accuracy once, so does LaTeX', () => {
    const all = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(reportLatex(reportOf(all, all), NAMES)).toContain('  accuracy &  &  & 1.000 & 10 \\\\');
  });
});
