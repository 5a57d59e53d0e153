import { describe, expect, test } from 'vitest';
import {
  formatClock,
  formatCount,
  formatEstimate,
  formatLoss,
  formatMegaFlops,
  formatMemory,
  formatPercent,
  formatPoints,
  formatRate,
  formatRateBrief,
  formatScore,
  formatShape,
  formatSpeed,
} from '../../../../src/ui/base/format.ts';

describe('format', () => {
  test('writes thousands with a comma and a minus that is no hyphen', () => {
    expect(formatCount(542230)).toBe('542,230');
    expect(formatCount(-1200)).toBe('−1,200');
    expect(formatCount(-0.2)).toBe('0');
  });

  test('writes percentages with one decimal and a narrow space', () => {
    expect(formatPercent(0.908)).toBe('90.8\u202f%');
    expect(formatPercent(0.798, 0)).toBe('80\u202f%');
    expect(formatPercent(1)).toBe('100.0\u202f%');
  });

  test('writes tiny shares as less than the least, and nothing as nothing', () => {
    expect(formatPercent(0.0004)).toBe('<0.1\u202f%');
    expect(formatPercent(0.004, 0)).toBe('<1\u202f%');
    expect(formatPercent(0)).toBe('0.0\u202f%');
  });

  test('writes differences in points', () => {
    expect(formatPoints(0.059)).toBe('5.9\u202fpt');
    expect(formatPoints(-0.004)).toBe('−0.4\u202fpt');
    expect(formatPoints(-0.0001)).toBe('0.0\u202fpt');
  });

  test('writes losses and scores with three decimals', () => {
    expect(formatLoss(0.33912)).toBe('0.339');
    expect(formatScore(0.8366)).toBe('0.837');
  });

  test('writes learning rates in full in fields and in brief in changes', () => {
    expect(formatRate(0.001)).toBe('0.001');
    expect(formatRate(0.00001)).toBe('0.00001');
    expect(formatRateBrief(0.001)).toBe('1e-3');
    expect(formatRateBrief(0.00025)).toBe('2.5e-4');
    expect(formatRateBrief(0.01)).toBe('0.01');
    expect(formatRateBrief(0)).toBe('0');
  });

  test('writes durations on the clock', () => {
    expect(formatClock(8.2)).toBe('0:08');
    expect(formatClock(59.6)).toBe('1:00');
    expect(formatClock(725)).toBe('12:05');
    expect(formatClock(3723)).toBe('1:02:03');
  });

  test('writes estimates with a tilde and never more figures than they are worth', () => {
    expect(formatEstimate(3.14)).toBe('~3.1\u202fs');
    expect(formatEstimate(9.97)).toBe('~10\u202fs');
    expect(formatEstimate(40.4)).toBe('~40\u202fs');
    expect(formatEstimate(119.7)).toBe('~2\u202fmin');
    expect(formatEstimate(5400)).toBe('~90\u202fmin');
    expect(formatEstimate(9000)).toBe('~2.5\u202fh');
  });

  test('writes speed to two or three figures', () => {
    expect(formatSpeed(8123)).toBe('8,100 img/s');
    expect(formatSpeed(12345)).toBe('12,300 img/s');
    expect(formatSpeed(37.6)).toBe('38 img/s');
  });

  test('writes memory in whole megabytes and operations in millions', () => {
    expect(formatMemory(48.2 * 2 ** 20)).toBe('48 MB');
    expect(formatMemory(12)).toBe('1 MB');
    expect(formatMegaFlops(8_140_000)).toBe('8.1');
  });

  test('writes shapes with a times sign', () => {
    expect(formatShape([28, 28, 32])).toBe('28×28×32');
    expect(formatShape([5408])).toBe('5,408');
  });

  test('says unknown instead of showing what is no number', () => {
    const written = [
      formatCount,
      formatPercent,
      formatPoints,
      formatLoss,
      formatClock,
      formatEstimate,
      formatMegaFlops,
    ];
    expect(written.map((format) => format(Number.NaN))).toEqual(written.map(() => 'unknown'));
    expect(formatLoss(Number.POSITIVE_INFINITY)).toBe('unknown');
  });
});
