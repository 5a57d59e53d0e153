import { expect, test } from 'vitest';
import {
  briefPercentText,
  briefText,
  clockText,
  countText,
  decimalText,
  estimateText,
  lossText,
  megaFlopsText,
  memoryText,
  numberText,
  percentText,
  pointsText,
  rateText,
  scoreText,
  speedText,
} from '../../../../src/core/text/number-text.ts';

test('numbers read with thousands apart and small ones in full', () => {
  expect(numberText(542_230)).toBe('542,230');
  expect(numberText(0.000001)).toBe('0.000001');
  expect(numberText(0.9999)).toBe('0.9999');
});

test('thousands with a comma and a minus that is no hyphen', () => {
  expect(countText(542230)).toBe('542,230');
  expect(countText(-1200)).toBe('−1,200');
  expect(countText(-0.2)).toBe('0');
  expect(decimalText(-1.25, 1)).toBe('−1.3');
  expect(decimalText(-0.04, 1)).toBe('0.0');
});

test('percentages with one decimal and a narrow space', () => {
  expect(percentText(0.908)).toBe('90.8\u202f%');
  expect(percentText(0.798, 0)).toBe('80\u202f%');
  expect(percentText(1)).toBe('100.0\u202f%');
});

test('percentages that were set without decimals that are zero', () => {
  expect(briefPercentText(0.2)).toBe('20\u202f%');
  expect(briefPercentText(0.125)).toBe('12.5\u202f%');
});

test('tiny shares as less than the least, and nothing as nothing', () => {
  expect(percentText(0.0004)).toBe('<0.1\u202f%');
  expect(percentText(0.004, 0)).toBe('<1\u202f%');
  expect(percentText(0)).toBe('0.0\u202f%');
});

test('differences in points', () => {
  expect(pointsText(0.059)).toBe('5.9\u202fpt');
  expect(pointsText(-0.004)).toBe('−0.4\u202fpt');
  expect(pointsText(-0.0001)).toBe('0.0\u202fpt');
});

test('losses and scores with three decimals', () => {
  expect(lossText(0.33912)).toBe('0.339');
  expect(scoreText(0.8366)).toBe('0.837');
});

test('learning rates in full in fields and in brief in changes', () => {
  expect(rateText(0.001)).toBe('0.001');
  expect(rateText(0.00001)).toBe('0.00001');
  expect(briefText(0.001)).toBe('1e-3');
  expect(briefText(0.00025)).toBe('2.5e-4');
  expect(briefText(0.01)).toBe('0.01');
  expect(briefText(0)).toBe('0');
});

test('durations on the clock', () => {
  expect(clockText(8.2)).toBe('0:08');
  expect(clockText(59.6)).toBe('1:00');
  expect(clockText(725)).toBe('12:05');
  expect(clockText(3723)).toBe('1:02:03');
});

test('estimates with a tilde and never more figures than they are worth', () => {
  expect(estimateText(0.004)).toBe('<0.1\u202fs');
  expect(estimateText(3.14)).toBe('~3.1\u202fs');
  expect(estimateText(9.97)).toBe('~10\u202fs');
  expect(estimateText(40.4)).toBe('~40\u202fs');
  expect(estimateText(119.7)).toBe('~2\u202fmin');
  expect(estimateText(5400)).toBe('~90\u202fmin');
  expect(estimateText(9000)).toBe('~2.5\u202fh');
});

test('speed to two or three figures', () => {
  expect(speedText(8123, 'img')).toBe('8,100 img/s');
  expect(speedText(12345, 'img')).toBe('12,300 img/s');
  expect(speedText(37.6, 'rows')).toBe('38 rows/s');
});

test('memory in whole megabytes and operations in millions', () => {
  expect(memoryText(48.2 * 2 ** 20)).toBe('48 MB');
  expect(memoryText(12)).toBe('1 MB');
  expect(megaFlopsText(8_140_000)).toBe('8.1');
  expect(megaFlopsText(336)).toBe('<0.1');
});

test('say unknown instead of showing what is no number', () => {
  const written = [countText, percentText, pointsText, lossText, clockText, estimateText, megaFlopsText];
  expect(written.map((format) => format(Number.NaN))).toEqual(written.map(() => 'unknown'));
  expect(lossText(Number.POSITIVE_INFINITY)).toBe('unknown');
});
