import { expect, test } from 'vitest';
import {
  cellsOf,
  cellText,
  fieldPlaces,
  rowBytes,
  rowValues,
  storedRow,
  typicalRow,
  unlikelyCells,
} from '../../../../src/core/dataset/rows.ts';
import type { Cell } from '../../../../src/core/dataset/table.ts';
import { TREE_SAMPLES } from '../../../fixtures/specs/table.ts';

const [HEIGHT, GROUND, AGE] = TREE_SAMPLES.fields;
const OLD_OAK: readonly Cell[] = [20, 'chalk', 150];

test('a row is stored as its values, and read back as its cells', () => {
  const stored = storedRow(TREE_SAMPLES, OLD_OAK) ?? new Uint8Array();
  expect([...rowValues(TREE_SAMPLES, stored)]).toEqual([2, 0, 0, 1, 150]);
  expect(cellsOf(TREE_SAMPLES, stored)).toEqual([OLD_OAK]);
});

test('values that are stored as bytes are rounded to bytes', () => {
  const bytes = rowBytes({ ...TREE_SAMPLES, storage: 'uint8' }, Float32Array.of(0.2, 254.6, 300, -4));
  expect([...bytes]).toEqual([0, 255, 255, 0]);
  expect([...rowValues({ ...TREE_SAMPLES, storage: 'uint8' }, bytes)]).toEqual([0, 255, 255, 0]);
});

test('rows are read from the middle of a buffer, where floats are not aligned', () => {
  const stored = storedRow(TREE_SAMPLES, OLD_OAK) ?? new Uint8Array();
  const moved = new Uint8Array(stored.length + 1);
  moved.set(stored, 1);
  expect(cellsOf(TREE_SAMPLES, moved.subarray(1))).toEqual([OLD_OAK]);
});

test('a missing cell takes its substitute, and without one there is no row', () => {
  const stored = storedRow(TREE_SAMPLES, [null, null, 3]) ?? new Uint8Array();
  expect(cellsOf(TREE_SAMPLES, stored)).toEqual([[12, 'sand', 3]]);
  expect(storedRow(TREE_SAMPLES, [20, 'clay', null])).toBeNull();
});

test('each field knows where its values are', () => {
  expect(fieldPlaces(TREE_SAMPLES).map(({ first, count }) => [first, count])).toEqual([
    [0, 1],
    [1, 3],
    [4, 1],
  ]);
});

test('a typical row has the mean of each number and the most frequent category', () => {
  const rows: readonly (readonly Cell[])[] = [
    [10, 'clay', 30],
    [18, 'chalk', 60],
    [14, 'chalk', 61],
  ];
  // The mean of all training rows is known of a standardised number; that of the others is of these rows.
  expect(typicalRow(TREE_SAMPLES, rows)).toEqual([12, 'chalk', 50]);
  expect(typicalRow(TREE_SAMPLES, [])).toEqual([12, 'sand', 100]);
});

test('numbers outside of what the training rows have are told', () => {
  expect(unlikelyCells(TREE_SAMPLES, [40, 'clay', 200])).toEqual([
    'Height is 40\u202fm; the training rows have 2\u202fm to 30\u202fm.',
  ]);
  expect(unlikelyCells(TREE_SAMPLES, [2, null, -1])).toEqual([
    'Age is −1\u202fyears; the training rows have 0\u202fyears to 200\u202fyears.',
  ]);
  expect(unlikelyCells(TREE_SAMPLES, OLD_OAK)).toEqual([]);
});

test('cells are written with their unit', () => {
  if (!HEIGHT || !GROUND || !AGE) throw new Error('The table has three fields.');
  expect([cellText(HEIGHT, 1234.5678), cellText(GROUND, 'clay'), cellText(AGE, null)]).toEqual([
    '1,234.57\u202fm',
    'clay',
    '–',
  ]);
});
