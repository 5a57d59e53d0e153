import { at } from '../at.ts';
import { numberText } from '../text/number-text.ts';
import type { CategoryField, Field, NumberField, TableSamples } from './spec.ts';
import { type Cell, decodeRow, encodeRow } from './table.ts';

/** Rows as they are stored, [n, bytes of a row], as numbers: [n, values of a row]. */
export function rowValues({ storage }: TableSamples, bytes: Uint8Array): Float32Array<ArrayBuffer> {
  return storage === 'uint8' ? Float32Array.from(bytes) : new Float32Array(bytes.slice().buffer);
}

/** Rows of numbers [n, values of a row] as they are stored: [n, bytes of a row]. */
export function rowBytes({ storage }: TableSamples, values: Float32Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (storage === 'uint8') return Uint8Array.from(Uint8ClampedArray.from(values));
  return new Uint8Array(values.slice().buffer);
}

/** What stored rows [n, bytes of a row] say, row by row. */
export function cellsOf(samples: TableSamples, bytes: Uint8Array): readonly (readonly Cell[])[] {
  const values = rowValues(samples, bytes);
  const width = valuesOf(samples);
  return Array.from({ length: width === 0 ? 0 : values.length / width }, (_, row) =>
    decodeRow(samples, values.subarray(row * width, (row + 1) * width)),
  );
}

/** Where the values of a field are among those of a row. */
export interface FieldPlace {
  readonly field: Field;
  readonly first: number;
  /** One of a number, one for each category. */
  readonly count: number;
}

/** Where the values of each field are, in order. */
export function fieldPlaces({ fields }: TableSamples): readonly FieldPlace[] {
  let next = 0;
  return fields.map((field) => {
    const count = field.kind === 'number' ? 1 : field.categories.length;
    next += count;
    return { field, first: next - count, count };
  });
}

function valuesOf(samples: TableSamples): number {
  const last = fieldPlaces(samples).at(-1);
  return last === undefined ? 0 : last.first + last.count;
}

/** Whether a row may say nothing in this column: something then stands in for it. */
export function mayBeMissing({ fill }: Field): boolean {
  return fill !== null;
}

/** What stands in a column, with its unit; what is missing, or a category that the training rows do not have, as a dash. */
export function cellText(field: Field, cell: Cell): string {
  if (cell === null) return '–';
  if (typeof cell === 'string' || field.kind === 'category') return String(cell);
  return withUnit(field, numberText(roundedTo(field, Number(cell.toPrecision(6)), 3)).replace('-', '−'));
}

/** A number of a column with its unit: `1,013 hPa`. */
function withUnit({ unit }: NumberField, number: string): string {
  return unit === '' ? number : `${number}\u202f${unit}`;
}

/** Of each column whether it is of numbers that are whole in all these rows. */
export function wholeColumns({ fields }: TableSamples, rows: readonly (readonly Cell[])[]): readonly boolean[] {
  return fields.map(
    ({ kind }, column) =>
      kind === 'number' && rows.length > 0 && rows.every((row) => Number.isInteger(row[column] ?? 0)),
  );
}

/**
 * A row in the middle of others: the mean of each number, and of each category the most frequent one. Without rows, what the
 * fields know of the training rows.
 */
export function typicalRow(samples: TableSamples, rows: readonly (readonly Cell[])[]): readonly Cell[] {
  const whole = wholeColumns(samples, rows);
  return samples.fields.map((field, column) => {
    const cells = rows.map((row) => row[column] ?? null);
    if (field.kind === 'category') return typicalCategory(field, cells);
    const number = typicalNumber(field, cells);
    return whole[column] === true ? Math.round(number) : roundedTo(field, number);
  });
}

function typicalNumber(field: NumberField, cells: readonly Cell[]): number {
  const { least, most, standardised } = field;
  const numbers = cells.filter((cell) => typeof cell === 'number');
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  return standardised?.mean ?? (numbers.length > 0 ? mean : (least + most) / 2);
}

/** A number to about a hundredth of what the column spans, as people set it; with 3 digits to about a thousandth. */
export function roundedTo({ least, most }: NumberField, number: number, precision = 2): number {
  const span = most - least;
  const digits = span > 0 ? Math.min(10, Math.max(0, precision - Math.floor(Math.log10(span)))) : 6;
  return Number(number.toFixed(digits));
}

function typicalCategory({ categories, fill }: CategoryField, cells: readonly Cell[]): string | null {
  const counts = categories.map((category) => cells.filter((cell) => cell === category).length);
  const most = Math.max(...counts);
  return most > 0 ? at(categories, counts.indexOf(most)) : (fill ?? categories[0] ?? null);
}

/** What is unlikely about a row: a sentence for each number outside of what the training rows have. */
export function unlikelyCells({ fields }: TableSamples, cells: readonly Cell[]): readonly string[] {
  return fields.flatMap((field, column) => {
    const cell = cells[column];
    if (field.kind !== 'number' || typeof cell !== 'number') return [];
    const { name, least, most } = field;
    // Numbers are shown with six digits, which may lie just outside.
    const slack = 1e-5 * Math.max(Math.abs(least), Math.abs(most));
    if (cell >= least - slack && cell <= most + slack) return [];
    const range = `${cellText(field, least)} to ${cellText(field, most)}`;
    return [`${name} is ${cellText(field, cell)}; the training rows have ${range}.`];
  });
}

/** The stored bytes of a row [bytes of a row]; null where a cell without a substitute is missing. */
export function storedRow(samples: TableSamples, cells: readonly Cell[]): Uint8Array<ArrayBuffer> | null {
  const values = encodeRow(samples, cells);
  return values === null ? null : rowBytes(samples, values);
}
