import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { divide } from '../../../../src/dataset/reading/divide.ts';
import { testSamples } from '../../../../src/dataset/reading/stratified.ts';

interface Case {
  readonly counts: readonly number[];
  readonly share: number;
  readonly test: readonly number[];
}

const CASES: readonly Case[] = JSON.parse(
  readFileSync(new URL('../../../fixtures/sklearn/stratified.json', import.meta.url), 'utf8'),
);

function labelsOf(counts: readonly number[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(counts.flatMap((count, label) => Array.from({ length: count }, () => label)));
}

function tested(labels: Uint8Array, isTest: Uint8Array, classes: number): number[] {
  return Array.from(
    { length: classes },
    (_, label) => labels.filter((own, i) => own === label && isTest[i] === 1).length,
  );
}

describe('stratified', () => {
  test.each(CASES)(
    '$share of classes of $counts is set aside as scikit-learn does',
    ({ counts, share, test: expected }) => {
      const labels = labelsOf(counts);
      expect(tested(labels, testSamples(labels, counts.length, share, 7), counts.length)).toEqual(expected);
    },
  );

  test('another seed sets others aside, the same seed the same ones', () => {
    const labels = labelsOf([40, 60]);
    expect(testSamples(labels, 2, 0.2, 1)).toEqual(testSamples(labels, 2, 0.2, 1));
    expect(testSamples(labels, 2, 0.2, 1)).not.toEqual(testSamples(labels, 2, 0.2, 2));
  });

  test('a small class keeps a sample on each side', () => {
    const labels = labelsOf([200, 2, 1]);
    expect(tested(labels, testSamples(labels, 3, 0.1, 3), 3)).toEqual([21, 1, 0]);
    expect(tested(labels, testSamples(labels, 3, 0.99, 3), 3)).toEqual([198, 1, 0]);
  });
});

describe('copies', () => {
  /** Samples of two bytes: the value of each, and its label. */
  const read = (values: readonly number[], labels: readonly number[]) => ({
    labels: Uint8Array.from(labels),
    values: Uint8Array.from(values.flatMap((value) => [value, 255 - value])),
    size: 2,
    classes: 2,
  });
  const firsts = (values: Uint8Array) => Array.from(values.filter((_, i) => i % 2 === 0));

  test('are on the same side as their originals, and told', () => {
    // Each of 20 values five times.
    const values = Array.from({ length: 100 }, (_, i) => i % 20);
    const { samples, notes } = divide(
      read(
        values,
        values.map((value) => value % 2),
      ),
      { given: null, testShare: 0.3, seed: 11 },
    );
    const [train, test] = [samples.train, samples.test].map((part) => new Set(firsts(part.values)));
    expect([train?.size, test?.size]).toEqual([14, 6]);
    expect([...(test ?? [])].filter((value) => train?.has(value))).toEqual([]);
    expect(samples.train.labels.length + samples.test.labels.length).toBe(100);
    expect(notes).toEqual([
      '80 samples are copies of others. Each is on the same side as its original, so that nothing is tested on that was trained on.',
    ]);
  });

  test('of another class than the original are told', () => {
    const { notes } = divide(read([1, 2, 3, 4, 4], [0, 1, 0, 0, 1]), { given: null, testShare: 0.4, seed: 1 });
    expect(notes[0]).toContain('1 sample is a copy of another.');
    expect(notes[0]).toContain('1 has a different class than the original.');
  });

  test('of one and the same sample leave nothing to test on, which is refused', () => {
    const alike = () => divide(read([5, 5, 5, 5], [0, 1, 0, 1]), { given: null, testShare: 0.5, seed: 1 });
    expect(alike).toThrow('These samples are all copies of each other, so nothing is left to test on');
  });

  test('across a division that the files give are kept and told', () => {
    const { samples, notes } = divide(read([1, 2, 3, 4, 2, 3, 9], [0, 1, 0, 1, 1, 0, 1]), {
      given: Uint8Array.of(0, 0, 0, 0, 1, 1, 1),
      testShare: 0.5,
      seed: 1,
    });
    expect(firsts(samples.test.values)).toEqual([2, 3, 9]);
    expect(firsts(samples.train.values).toSorted()).toEqual([1, 2, 3, 4]);
    expect(notes[0]).toContain('2 test samples are among the training samples too.');
  });

  test('there are none: nothing is told, every label stays with its sample, and the training samples are shuffled', () => {
    const values = Array.from({ length: 60 }, (_, i) => i);
    const { samples, notes } = divide(
      read(
        values,
        values.map((value) => value % 2),
      ),
      { given: null, testShare: 0.2, seed: 5 },
    );
    expect(notes).toEqual([]);
    for (const { labels, values: kept } of [samples.train, samples.test])
      expect(firsts(kept).map((value) => value % 2)).toEqual(Array.from(labels));
    expect(firsts(samples.train.values)).not.toEqual(firsts(samples.train.values).toSorted((a, b) => a - b));
  });
});
