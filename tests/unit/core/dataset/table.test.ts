import { describe, expect, test } from 'vitest';
import type { Field, TableSamples } from '../../../../src/core/dataset/spec.ts';
import { decodeRow, encodeRow } from '../../../../src/core/dataset/table.ts';
import { numberFields } from '../../../support/number-fields.ts';

const [plain] = numberFields('height');
const fields: readonly Field[] = [
  {
    kind: 'number',
    name: 'width',
    unit: 'mm',
    least: 0,
    most: 9,
    standardised: { mean: 3.1, deviation: 6.7 },
    fill: 2,
  },
  { kind: 'category', name: 'colour', categories: ['red', 'green', 'blue'], fill: null },
  ...(plain ? [plain] : []),
];
const samples: TableSamples = { kind: 'table', fields, answer: 'kind', storage: 'float32', scale: 1 };

describe('a row', () => {
  test('is standardised and one-hot', () => {
    expect(encodeRow(samples, [9.8, 'green', -4])).toEqual(Float32Array.of(1, 0, 1, 0, -4));
  });

  test('takes substitutes for what is missing, and is none where there is no substitute', () => {
    expect(encodeRow(samples, [null, 'red', 1])).toEqual(Float32Array.of((2 - 3.1) / 6.7, 1, 0, 0, 1));
    expect(encodeRow(samples, [1, null, 1])).toBeNull();
    expect(encodeRow(samples, [1, 'red', null])).toBeNull();
    expect(encodeRow(samples, ['tall', 'red', 1])).toBeNull();
  });

  test('of an unknown category has 0 for all of them', () => {
    expect(encodeRow(samples, [9.8, 'pink', 1])).toEqual(Float32Array.of(1, 0, 0, 0, 1));
  });

  test('comes back as it was, though values are float32', () => {
    for (const row of [
      [0, 'blue', 0.1],
      [0.1, 'red', -12345.6],
      [16.4, 'green', 7],
    ] as const) {
      expect(decodeRow(samples, encodeRow(samples, row) ?? [])).toEqual(row);
    }
    expect(Object.is(decodeRow(samples, encodeRow(samples, [0, 'red', 0]) ?? [])[0], 0)).toBe(true);
    expect(decodeRow(samples, [0, 0, 0, 0, 0])[1]).toBeNull();
  });
});
