import { describe, expect, test } from 'vitest';
import { encodeRow } from '../../../../../src/core/dataset/table.ts';
import type { TableChoices } from '../../../../../src/core/dataset/table-reading.ts';
import { type Table, tableOf, textAt } from '../../../../../src/dataset/reading/table/column.ts';
import { encodeRows, prepareTable } from '../../../../../src/dataset/reading/table/prepare.ts';
import { previewTable } from '../../../../../src/dataset/reading/table/preview.ts';
import { suggestionsFor } from '../../../../../src/dataset/reading/table/suggest.ts';
import { surveyColumns } from '../../../../../src/dataset/reading/table/survey.ts';

/** A hundred days: numbers with holes, a category, a date, and an answer that some lack. */
function days(): Table {
  const cells = Array.from({ length: 100 }, (_, day) => [
    `2020-01-${1 + (day % 28)}`,
    day % 10 === 3 ? '' : String(day % 7),
    ['sun', 'fog', 'rain'][day % 3] ?? '',
    day % 25 === 24 ? 'NA' : day % 4 === 0 ? 'Yes' : 'No',
  ]);
  return tableOf(['Date', 'Humidity', 'Sky', 'Rain'], cells);
}

const CHOICES: TableChoices = {
  kind: 'table',
  title: 'Days',
  features: [
    { as: 'number', column: 1, unit: '%', standardise: true, missing: 'mean' },
    { as: 'category', column: 2, most: 50, missing: 'frequent' },
  ],
  answer: { column: 3, threshold: null },
  testShare: 0.2,
  seed: 42,
};

test('rows without an answer are dropped, the others divided with the classes in like shares', () => {
  const { rows, labels, classes, leftOut } = prepareTable(days(), CHOICES);
  expect(classes).toEqual(['No', 'Yes']);
  expect(leftOut).toEqual([{ what: '4 rows', why: 'have no answer' }]);
  expect([rows.train.length, rows.test.length]).toEqual([76, 20]);
  expect([labels.train, labels.test].map((part) => part.filter((label) => label === 1).length)).toEqual([19, 5]);
  const all = [...rows.train, ...rows.test].toSorted((a, b) => a - b);
  expect(all).toEqual([...Array(100).keys()].filter((day) => day % 25 !== 24));
});

test('what is stored of each row is what its cells become by the fields', () => {
  const table = days();
  const prepared = prepareTable(table, CHOICES);
  const { values, labels } = encodeRows(table, CHOICES, prepared, 'test');
  const stored = new Float32Array(values.buffer);
  expect(stored).toHaveLength(20 * 4);
  for (const [n, row] of prepared.rows.test.entries()) {
    const [, humidity, sky, rain] = table.columns;
    if (!humidity || !sky || !rain) throw new Error('A column is missing.');
    const cells = [humidity, sky].map((column) => textAt(column, row));
    expect(stored.subarray(4 * n, 4 * n + 4)).toEqual(encodeRow(prepared.samples, cells));
    expect(prepared.classes[labels[n] ?? -1]).toBe(textAt(rain, row));
  }
});

test('rows with a missing cell are dropped where that is chosen', () => {
  const [number, category] = CHOICES.features;
  if (number?.as !== 'number' || !category) throw new Error('The choices are others.');
  const { rows, leftOut, samples } = prepareTable(days(), {
    ...CHOICES,
    features: [{ ...number, missing: 'drop' }, category],
  });
  expect(leftOut).toEqual([
    { what: '4 rows', why: 'have no answer' },
    { what: '10 rows', why: 'have no Humidity' },
  ]);
  expect(rows.train.length + rows.test.length).toBe(86);
  expect(samples.fields[0]).toMatchObject({ fill: null });
});

test('numbers are divided in two classes at a threshold, or are classes where there are few', () => {
  const features = CHOICES.features.slice(1);
  const of = (threshold: number | null) =>
    prepareTable(days(), { ...CHOICES, features, answer: { column: 1, threshold } });
  expect(of(3).classes).toEqual(['below 3', '3 or more']);
  expect(of(3).leftOut).toEqual([{ what: '10 rows', why: 'have no answer' }]);
  expect(of(null).classes).toEqual(['0', '1', '2', '3', '4', '5', '6']);
  expect(() => of(90)).toThrow('Humidity is below 90 in every row');
});

describe('a sentence says why', () => {
  const many = tableOf(
    ['x', 'name', 'same', 'nothing'],
    Array.from({ length: 101 }, (_, i) => [String(i % 5), `n${i}`, 'one', '']),
  );
  const of = (column: number, features = CHOICES.features.slice(0, 0)) =>
    prepareTable(many, {
      ...CHOICES,
      features: [{ as: 'number', column: 0, unit: '', standardise: true, missing: 'mean' }, ...features],
      answer: { column, threshold: null },
    });

  test.each([
    ['101 classes', 1, 'name has 101 different values, and there can be at most 100 classes.'],
    ['one class', 2, 'same is one in every row'],
    ['no answer', 3, 'nothing has no cells that could be answers.'],
    ['the answer among the features', 0, 'x is the answer, so the network may not see it.'],
  ])('%s cannot be', (_, column, sentence) => {
    expect(() => of(column)).toThrow(sentence);
  });

  test('no features cannot be, nor fewer than four rows', () => {
    expect(() => prepareTable(days(), { ...CHOICES, features: [] })).toThrow(
      'No column is left for the network to see.',
    );
    const few = tableOf(
      ['a', 'b'],
      [
        ['1', 'x'],
        ['2', 'y'],
        ['3', 'x'],
      ],
    );
    const features = [{ as: 'number', column: 0, unit: '', standardise: false, missing: 'mean' }] as const;
    const answer = { column: 1, threshold: null };
    expect(() => prepareTable(few, { ...CHOICES, features, answer })).toThrow('Fewer than four rows are left.');
  });
});

describe('a survey', () => {
  test('tells types, missing cells, distributions and what speaks against a column', () => {
    const [date, humidity, sky, rain] = surveyColumns(days());
    expect(date).toMatchObject({ type: 'date', missing: 0, distinct: 28 });
    expect(date?.objection).toMatch(/^A date /);
    expect(humidity).toMatchObject({ type: 'number', missing: 10, distinct: 7, objection: null });
    expect(humidity?.numbers).toMatchObject({ least: 0, most: 6, unreadable: 0 });
    expect(humidity?.numbers?.histogram.reduce((sum, count) => sum + count, 0)).toBe(90);
    expect(sky).toMatchObject({ type: 'category', distinct: 3, cells: ['sun', 'fog', 'rain', 'sun', 'fog', 'rain'] });
    expect(sky?.top[0]).toEqual({ text: 'sun', count: 34 });
    expect(rain).toMatchObject({ type: 'category', missing: 4, top: [{ text: 'No' }, { text: 'Yes' }] });
  });

  test('tells numberings, texts, constants and empty columns', () => {
    const rows = Array.from({ length: 60 }, (_, i) => [String(i), `k${i}`, `some words ${i}`, '7', '']);
    const found = surveyColumns(tableOf(['n', 'key', 'text', 'same', 'none'], rows));
    expect(found.map(({ type }) => type)).toEqual(['id', 'id', 'text', 'number', 'category']);
    for (const { objection } of found) expect(objection).toMatch(/\.$/);
  });

  test('takes a few stray texts among numbers for missing ones', () => {
    const rows = Array.from({ length: 100 }, (_, i) => [i === 4 ? 'trace' : String(i * 0.5), i % 2 ? 'a' : 'b']);
    const [numbers] = surveyColumns(tableOf(['x', 'y'], rows));
    expect(numbers).toMatchObject({ type: 'number', missing: 1, numbers: { unreadable: 1 } });
  });
});

describe('what is suggested', () => {
  const suggested = (table: Table) => suggestionsFor('Days', surveyColumns(table));

  test('is the last column of classes as the answer, and all others that say something', () => {
    const [{ choices }, ...others] = suggested(days());
    expect(others).toEqual([]);
    expect(choices.answer).toEqual({ column: 3, threshold: null });
    expect(choices.features.map(({ column, as }) => [column, as])).toEqual([
      [1, 'number'],
      [2, 'category'],
    ]);
  });

  test('is a column with the name of an answer, wherever it stands', () => {
    const rows = Array.from({ length: 50 }, (_, i) => [i % 2 ? 'x' : 'y', String(i * 1.5), i % 3 ? 'a' : 'b']);
    expect(suggested(tableOf(['target', 'b', 'c'], rows))[0].choices.answer.column).toBe(0);
  });

  test('is a threshold in the middle where there are numbers only', () => {
    const rows = Array.from({ length: 50 }, (_, i) => [String(i * 1.5), String(i * i + 0.5)]);
    expect(suggested(tableOf(['a', 'b'], rows))[0].choices.answer).toEqual({ column: 1, threshold: 601 });
  });

  test('is Elvland’s way beside all columns where weatherAUS.csv is opened, without what gives the answer away', () => {
    const names = ['Date', 'Location', 'Rainfall', 'Humidity3pm', 'RainToday', 'RISK_MM', 'RainTomorrow'];
    const rows = Array.from({ length: 60 }, (_, i) => [
      `2008-12-${1 + (i % 28)}`,
      i % 2 ? 'Albury' : 'Perth',
      String(i % 9),
      i % 11 === 0 ? 'NA' : String(20 + i),
      i % 3 ? 'No' : 'Yes',
      String(i / 10),
      i % 4 ? 'No' : 'Yes',
    ]);
    const table = tableOf(names, rows);
    const columns = surveyColumns(table);
    expect(columns[5]?.objection).toContain('gives the answer away');
    const [all, elvland] = suggestionsFor('weatherAUS', columns);
    expect(all.choices.features.map(({ column }) => names[column])).toEqual([
      'Location',
      'Rainfall',
      'Humidity3pm',
      'RainToday',
    ]);
    expect(elvland?.choices.features.map(({ column }) => names[column])).toEqual(['Humidity3pm']);
    expect(elvland?.choices.answer.column).toBe(6);
    const { samples, leftOut } = prepareTable(table, elvland?.choices ?? all.choices);
    expect(samples.fields).toMatchObject([{ name: 'Humidity3pm', unit: '%', fill: null }]);
    expect(leftOut).toEqual([{ what: '6 rows', why: 'have no Humidity3pm' }]);
  });
});

test('a preview tells what becomes of rows and cells, as the making does it', () => {
  const preview = previewTable(days(), CHOICES);
  const { samples, rows } = prepareTable(days(), CHOICES);
  expect(preview).toMatchObject({
    train: rows.train.length,
    test: rows.test.length,
    values: 4,
    classes: [
      { name: 'No', train: 57, test: 15 },
      { name: 'Yes', train: 19, test: 5 },
    ],
    notes: [],
  });
  const [humidity, sky] = preview.features;
  const [cell] = encodeRow(samples, ['0', 'sun']) ?? [];
  expect(humidity?.examples[0]?.before).toBe('0');
  expect(Number(humidity?.examples[0]?.after.replace('−', '-'))).toBeCloseTo(cell ?? 0, 2);
  expect(humidity?.rule).toMatch(/^minus 3\.\d+, divided by 1\.\d+; missing becomes 3\.\d+$/);
  expect(sky?.examples.map(({ before, after }) => [before, after])).toEqual([
    ['sun', '1 in place 3 of 3'],
    ['fog', '1 in place 1 of 3'],
    ['rain', '1 in place 2 of 3'],
  ]);
});

test('a preview tells how many rows have a rare category', () => {
  const features = [{ as: 'category', column: 2, most: 2, missing: 'frequent' }] as const;
  expect(previewTable(days(), { ...CHOICES, features }).notes.join()).toMatch(
    /^Sky: 3\d rows have a category without a value of its own, such as \w+: all its values are 0\.$/,
  );
});
