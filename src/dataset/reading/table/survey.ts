import type { ColumnSurvey, NumberSurvey } from '../../../core/dataset/table-reading.ts';
import { type Column, type Table, textAt } from './column.ts';
import { countsOfCodes, medianOf } from './fit.ts';
import { leakIn } from './weather-aus.ts';

/** Bars of a histogram. */
const BARS = 16;

/** Categories that are listed. */
const TOP = 8;

/** Rows that are shown. */
const ROWS = 6;

/** A column of numbers may have so many other texts, as a share of its cells. */
const STRAY = 0.02;

/** Columns with more different texts are taken for text. */
const MOST_CATEGORIES = 100;

/** What the columns of a table hold. */
export function surveyColumns({ columns, rows }: Table): readonly ColumnSurvey[] {
  const names = columns.map(({ name }) => name);
  return columns.map((column) => {
    const found = surveyColumn(column, rows);
    return { ...found, objection: leakIn(names, column.name) ?? found.objection };
  });
}

function surveyColumn(column: Column, rows: number): ColumnSurvey {
  const type = typeOf(column, rows);
  return {
    name: column.name,
    type,
    missing: column.missing + (type === 'number' ? column.notNumbers : 0),
    distinct: column.isCrowded ? null : column.texts.length,
    objection: objectionTo(column, type, rows),
    numbers: type === 'number' ? numbersOf(column) : null,
    top: type === 'category' ? topOf(column) : [],
    cells: Array.from({ length: Math.min(ROWS, rows) }, (_, row) => textAt(column, row)),
  };
}

function typeOf(column: Column, rows: number): ColumnSurvey['type'] {
  const { texts, missing, notNumbers, isCrowded } = column;
  const present = rows - missing;
  if (present > 0 && notNumbers <= STRAY * present) return isNumbering(column) ? 'id' : 'number';
  if (texts.length > 0 && texts.slice(0, 200).every(isDate)) return 'date';
  const isUnique = !isCrowded && texts.length === present && present > 20;
  if (isUnique && texts.every((text) => text.length <= 40 && !text.includes(' '))) return 'id';
  return isCrowded || isUnique || texts.length > MOST_CATEGORIES ? 'text' : 'category';
}

/** Whole numbers that go up by one from row to row. */
function isNumbering({ numbers, missing }: Column): boolean {
  const [first = Number.NaN] = numbers;
  return missing === 0 && numbers.length > 20 && numbers.every((number, row) => number === first + row);
}

const DATE = /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?:[T ]\d{1,2}:\d{2}.*)?$/;

function isDate(text: string): boolean {
  return DATE.test(text);
}

function objectionTo({ texts, missing }: Column, type: ColumnSurvey['type'], rows: number): string | null {
  if (missing === rows) return 'It has no value at all.';
  if (texts.length === 1 && missing === 0) return 'Every row has the same value.';
  if (missing > 0.95 * rows) return 'Almost every row is empty here.';
  switch (type) {
    case 'date':
      return 'A date says little about rows of other dates.';
    case 'id':
      return 'It numbers the rows: a network could only memorise them.';
    case 'text':
      return 'Nearly every row has a value of its own, so there are no categories to learn from.';
    default:
      return null;
  }
}

function numbersOf({ numbers, notNumbers }: Column): NumberSurvey {
  const present = numbers.filter((number) => !Number.isNaN(number));
  let [least, most, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const number of present) {
    if (number < least) least = number;
    if (number > most) most = number;
    sum += number;
  }
  const histogram = Array.from({ length: BARS }, () => 0);
  const width = (most - least) / BARS || 1;
  for (const number of present) {
    const bar = Math.min(BARS - 1, Math.floor((number - least) / width));
    histogram[bar] = (histogram[bar] ?? 0) + 1;
  }
  return { least, most, mean: sum / present.length, median: medianOf(present), histogram, unreadable: notNumbers };
}

function topOf({ texts, codes }: Column): ColumnSurvey['top'] {
  const counts = countsOfCodes(texts, codes);
  return counts.toSorted((a, b) => b.count - a.count).slice(0, TOP);
}
