import { expect, test } from 'vitest';
import { rowValues, storedRow } from '../../../../src/core/dataset/rows.ts';
import { type Cell, decodeRow } from '../../../../src/core/dataset/table.ts';
import { numberColumns, regionRows, regionsOf, shareOf } from '../../../../src/core/explaining/decision-regions.ts';
import { comparisonWords, fieldWeights } from '../../../../src/core/explaining/field-weights.ts';
import { dependenceOf, dependenceQuestion, effectOf } from '../../../../src/core/explaining/partial-dependence.ts';
import {
  importanceOf,
  importanceQuestion,
  importanceRows,
} from '../../../../src/core/explaining/permutation-importance.ts';
import { TREE_SAMPLES, TREES } from '../../../fixtures/specs/table.ts';

const ROWS: readonly (readonly Cell[])[] = Array.from({ length: 40 }, (_, i) => [
  2 + ((i * 7) % 29),
  ['clay', 'sand', 'chalk'][i % 3] ?? null,
  (i * 31) % 201,
]);

const VALUES = Float32Array.from(
  ROWS.flatMap((cells) => [...rowValues(TREE_SAMPLES, storedRow(TREE_SAMPLES, cells) ?? new Uint8Array())]),
);

const WIDTH = 5;

/** A network by hand, with an interaction: the probability that a tree is an oak, an ash or a pine. */
function answerTo(values: Float32Array): readonly [number, number, number] {
  const [height = 0, clay = 0, , chalk = 0, age = 0] = values;
  const oak = 1 / (1 + Math.exp(-(0.8 * height + 0.02 * age * chalk - 1.5 * clay)));
  return [oak, (1 - oak) / 4, (3 * (1 - oak)) / 4];
}

function answers(values: Float32Array): Float32Array {
  const rows = Array.from({ length: values.length / WIDTH }, (_, i) => values.subarray(i * WIDTH, (i + 1) * WIDTH));
  return Float32Array.from(rows.flatMap(answerTo));
}

/** The mean over the rows of the answers with one column set, as scikit-learn's `partial_dependence` by brute force has it. */
function bruteForce(column: number, set: Cell): readonly number[] {
  const all = ROWS.map((cells) => {
    const changed = storedRow(TREE_SAMPLES, cells.with(column, set)) ?? new Uint8Array();
    return answerTo(rowValues(TREE_SAMPLES, changed));
  });
  return [0, 1, 2].map((label) => all.reduce((sum, own) => sum + (own[label] ?? 0), 0) / all.length);
}

test.each([0, 1, 2])('partial dependence on column %i is the brute-force average', (column) => {
  const question = dependenceQuestion(TREE_SAMPLES, VALUES, column);
  const { grid, means } = dependenceOf(question, answers(question.values), 3);
  expect(grid).toHaveLength(column === 1 ? 3 : 25);
  grid.forEach((place, i) => {
    bruteForce(column, place).forEach((mean, label) => {
      expect(means[3 * i + label]).toBeCloseTo(mean, 5);
    });
  });
});

test('its grid runs from the least to the most of the training rows, and the band holds eight tenths of the rows', () => {
  const question = dependenceQuestion(TREE_SAMPLES, VALUES, 2);
  const { grid, low, high, rows } = dependenceOf(question, answers(question.values), 3);
  expect([grid[0], grid.at(-1), rows]).toEqual([0, 200, 40]);
  const own = ROWS.map(
    (cells) => answerTo(rowValues(TREE_SAMPLES, storedRow(TREE_SAMPLES, cells.with(2, 200)) ?? new Uint8Array()))[0],
  );
  const within = own.filter((oak) => oak >= (low[3 * 24] ?? 1) - 1e-6 && oak <= (high[3 * 24] ?? 0) + 1e-6);
  expect(within).toHaveLength(32);
});

test('the effect of a column is the height of its curve', () => {
  const question = dependenceQuestion(TREE_SAMPLES, VALUES, 1);
  const found = dependenceOf(question, answers(question.values), 3);
  const oaks = ['clay', 'sand', 'chalk'].map((ground) => bruteForce(1, ground)[0] ?? 0);
  expect(effectOf(found, 0)).toBeCloseTo(Math.max(...oaks) - Math.min(...oaks), 5);
});

test('a column of one value has one place', () => {
  const samples = { ...TREE_SAMPLES, fields: TREE_SAMPLES.fields.map((field) => ({ ...field, least: 7, most: 7 })) };
  expect(dependenceQuestion(samples, VALUES, 2).grid).toEqual([7]);
});

test('the rows of a picture span two columns, top line first, and are like one row in the others', () => {
  const [height, age] = numberColumns(TREE_SAMPLES);
  if (!height || !age) throw new Error('The table has two columns of numbers.');
  const row = rowValues(TREE_SAMPLES, storedRow(TREE_SAMPLES, [5, 'chalk', 9]) ?? new Uint8Array());
  const rows = regionRows(TREE_SAMPLES, row, height, age, 2);
  const cells = [0, 1, 2, 3].map((i) => decodeRow(TREE_SAMPLES, rows.subarray(i * WIDTH, (i + 1) * WIDTH)));
  expect(cells).toEqual([
    [9, 'chalk', 150],
    [23, 'chalk', 150],
    [9, 'chalk', 50],
    [23, 'chalk', 50],
  ]);
  expect(shareOf(age.field, 150)).toBe(0.75);
});

test('a place belongs to its likeliest class, as surely as that is likelier than chance', () => {
  const { labels, certainty } = regionsOf(Float32Array.of(0.5, 0.5, 0.1, 0.9, 1, 0), 2);
  expect([...labels]).toEqual([0, 1, 0]);
  expect([...certainty].map((share) => Number(share.toFixed(6)))).toEqual([0, 0.8, 1]);
});

test('a column that answers do not depend on has no importance, and the others as much as accuracy falls', () => {
  // The true classes are what the network says: its accuracy is 1.
  const predict = (values: Float32Array) =>
    Float32Array.from(
      Array.from({ length: values.length / WIDTH }, (_, i) => (values[i * WIDTH] ?? 0) > 0).flatMap((tall) =>
        tall ? [0.9, 0.1] : [0.2, 0.8],
      ),
    );
  const own = predict(VALUES);
  const labels = Uint8Array.from({ length: ROWS.length }, (_, i) => ((own[2 * i] ?? 0) > 0.5 ? 0 : 1));
  const asked = importanceQuestion(TREE_SAMPLES, VALUES);
  expect(asked.length / WIDTH).toBe(importanceRows(TREE_SAMPLES, ROWS.length));
  const { accuracy, fields } = importanceOf(TREE_SAMPLES, predict(asked), labels);
  expect(accuracy).toBe(1);
  expect(fields.map(({ field }) => field.name)).toEqual(['Height', 'Ground', 'Age']);
  expect(fields.map(({ fall }) => fall > 0.2)).toEqual([true, false, false]);
  expect(fields.slice(1).map(({ least, most }) => [least, most])).toEqual([
    [0, 0],
    [0, 0],
  ]);
});

test('a shuffled column has the same cells, and categories stay whole', () => {
  const asked = importanceQuestion(TREE_SAMPLES, VALUES);
  const part = (index: number) =>
    Array.from({ length: ROWS.length }, (_, i) => {
      const start = (index * ROWS.length + i) * WIDTH;
      return decodeRow(TREE_SAMPLES, asked.subarray(start, start + WIDTH));
    });
  const column = (cells: readonly (readonly Cell[])[], at: number) => cells.map((row) => row[at] ?? null);
  const [whole, shuffled] = [part(0), part(1 + 3)];
  expect(column(shuffled, 1)).not.toEqual(column(whole, 1));
  expect(column(shuffled, 1).toSorted()).toEqual(column(whole, 1).toSorted());
  expect([column(shuffled, 0), column(shuffled, 2)]).toEqual([column(whole, 0), column(whole, 2)]);
});

test('weights go to their fields, the largest first, the categories of a field together', () => {
  const values = Float32Array.of(0.1, -1, 0.3, 2, -0.2, 0, -4, 0.5, 0.25, 3);
  const first = fieldWeights(TREE_SAMPLES, { units: 2, values }, 0);
  expect(first.map(({ field, weights }) => [field.name, weights.map((weight) => Number(weight.toFixed(3)))])).toEqual([
    ['Ground', [0.3, -0.2, -4]],
    ['Age', [0.25]],
    ['Height', [0.1]],
  ]);
  const all = fieldWeights(TREE_SAMPLES, { units: 2, values }, null);
  expect(all.map(({ field, size }) => [field.name, Number(size.toFixed(3))])).toEqual([
    ['Ground', 2.25],
    ['Age', 1.625],
    ['Height', 0.55],
  ]);
});

test('what weights can be compared by depends on which numbers are standardised', () => {
  expect(comparisonWords(TREE_SAMPLES)).toMatch(/^Some numbers are not standardised.*A weight of a category/);
  const [height, ground] = TREE_SAMPLES.fields;
  if (!height || !ground || TREES.samples.kind !== 'table') throw new Error('The table has three fields.');
  expect(comparisonWords({ ...TREES.samples, fields: [height] })).toMatch(/^The numbers are standardised/);
  expect(comparisonWords({ ...TREES.samples, fields: [ground] })).toBe(
    'A weight of a category counts where the row has it.',
  );
});
