import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { encodeRow } from '../../../../../src/core/dataset/table.ts';
import { type Column, tableOf, textAt } from '../../../../../src/dataset/reading/table/column.ts';
import { fitField } from '../../../../../src/dataset/reading/table/fit.ts';

/** What scikit-learn made of the same cells; `npm run sklearn -- columns` writes it. */
interface Columns {
  readonly train: readonly number[];
  readonly numbers: readonly {
    readonly name: string;
    readonly strategy: 'mean' | 'median' | 'drop';
    readonly cells: readonly (number | null)[];
    readonly fill: number | null;
    readonly mean: number;
    readonly deviation: number;
    readonly values: readonly number[];
  }[];
  readonly categories: {
    readonly cells: readonly (string | null)[];
    readonly fill: string;
    readonly categories: readonly string[];
    readonly values: readonly (readonly number[])[];
  };
}

const COLUMNS: Columns = JSON.parse(
  readFileSync(new URL('../../../../fixtures/sklearn/columns.json', import.meta.url), 'utf8'),
);
const TRAIN = Uint32Array.from(COLUMNS.train);

function columnOf(cells: readonly (string | number | null)[]): Column {
  const [column] = tableOf(
    ['column'],
    cells.map((cell) => [cell === null ? '' : String(cell)]),
  ).columns;
  if (column === undefined) throw new Error('There is no column.');
  return column;
}

/** Within 1e-9, as a share where numbers are large. */
function expectEqual(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
}

test.each(COLUMNS.numbers)('numbers, $name, are filled and standardised as by scikit-learn', (expected) => {
  const column = columnOf(expected.cells);
  const field = fitField(column, TRAIN, {
    as: 'number',
    column: 0,
    unit: '',
    standardise: true,
    missing: expected.strategy,
  });
  if (field.kind !== 'number' || field.standardised === null) throw new Error('It should be standardised.');
  const { mean, deviation } = field.standardised;
  expectEqual(mean, expected.mean);
  expectEqual(deviation, expected.deviation);
  if (expected.fill === null) expect(field.fill).toBeNull();
  else expectEqual(field.fill ?? Number.NaN, expected.fill);
  expect(expected.values).toHaveLength(240);
  for (const [row, value] of expected.values.entries()) {
    const number = expected.cells[row] ?? field.fill ?? Number.NaN;
    expectEqual((number - mean) / deviation, value);
    const encoded = encodeRow({ kind: 'table', fields: [field], answer: '', storage: 'float32', scale: 1 }, [
      expected.cells[row] ?? null,
    ]);
    expect(encoded?.[0]).toBeCloseTo(value, 5);
  }
});

test('categories are filled and made one-hot as by scikit-learn', () => {
  const { cells, fill, categories, values } = COLUMNS.categories;
  const column = columnOf(cells);
  const field = fitField(column, TRAIN, { as: 'category', column: 0, most: 100, missing: 'frequent' });
  expect(field).toEqual({ kind: 'category', name: 'column', categories, fill });
  for (const [row, expected] of values.entries()) {
    const encoded = encodeRow({ kind: 'table', fields: [field], answer: '', storage: 'float32', scale: 1 }, [
      textAt(column, row),
    ]);
    expect(Array.from(encoded ?? [])).toEqual(expected);
  }
});

test('what is fitted depends on the training rows alone', () => {
  const choice = { as: 'number', column: 0, unit: '', standardise: true, missing: 'median' } as const;
  const rows = Uint32Array.of(0, 1, 2);
  const field = fitField(columnOf([1, 2, 6, 1000, null]), rows, choice);
  expect(field).toMatchObject({ least: 1, most: 6, fill: 2, standardised: { mean: 3 } });
  expect(fitField(columnOf([1, 2, 6, -5, 7]), rows, choice)).toEqual(field);
});

test('only the most frequent categories get a value, and a missing one can be a category of its own', () => {
  const column = columnOf(['b', 'b', 'a', 'a', 'a', 'c', null]);
  const rows = Uint32Array.of(0, 1, 2, 3, 4, 5, 6);
  expect(fitField(column, rows, { as: 'category', column: 0, most: 2, missing: 'own' })).toEqual({
    kind: 'category',
    name: 'column',
    categories: ['a', 'b', '(missing)'],
    fill: '(missing)',
  });
  expect(fitField(column, rows, { as: 'category', column: 0, most: 9, missing: 'drop' })).toMatchObject({
    categories: ['a', 'b', 'c'],
    fill: null,
  });
});

test('a column without anything in the training rows is refused with a sentence', () => {
  const column = columnOf([null, null, 7]);
  const rows = Uint32Array.of(0, 1);
  const number = { as: 'number', column: 0, unit: '', standardise: true, missing: 'mean' } as const;
  expect(() => fitField(column, rows, number)).toThrow('column has no number in the training rows.');
  expect(() => fitField(column, rows, { as: 'category', column: 0, most: 5, missing: 'own' })).toThrow(
    'column has no value in the training rows.',
  );
});
