import type { LeftOut } from '../../../core/dataset/left-out.ts';
import type { TableEncoding, TableForm } from '../../../core/dataset/opened-files.ts';
import { countOf } from '../../../core/text/nouns.ts';
import { numberText } from '../../../core/text/number-text.ts';
import { LeftOutList } from '../left-out-list.ts';
import { RefusedFiles } from '../refusal.ts';
import { ColumnBuilder, type Decimal, parseNumber, type Table } from './column.ts';
import { csvRows } from './csv.ts';
import { encodingOf, NotUtf8, type TextFile, textOf } from './decode-text.ts';

/** A table that was read. */
export interface ReadTable {
  readonly table: Table;
  readonly leftOut: readonly LeftOut[];
  /** How the file was read, where that is not as usual, a sentence each. */
  readonly notes: readonly string[];
  readonly form: TableForm;
}

/** As data sets are limited to. */
const MOST_COLUMNS = 1000;

/** A worker holds 12 bytes for each. */
const MOST_CELLS = 30_000_000;

/** The longest name that a column of a data set can have. */
const LONGEST_NAME = 60;

const UNNAMED = { one: 'column without a name was given', many: 'columns without a name were each given' };

const LATIN_NOTE =
  'The file is not in UTF-8; it was read as Windows text (windows-1252). Check that accents are right.';

/** Reads a CSV file. Throws a RefusedFiles where it is no table. */
export async function readTable(file: TextFile, onProgress: (done: number, total: number) => void): Promise<ReadTable> {
  const onBytes = (done: number) => onProgress(done, file.size);
  const start = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  try {
    return await readRows(textOf(file, onBytes), [], encodingOf(start) === 'utf-8' ? 'utf-8' : 'utf-16');
  } catch (error) {
    if (!(error instanceof NotUtf8)) throw error;
    return readRows(textOf(file, onBytes, 'windows-1252'), [LATIN_NOTE], 'windows-1252');
  }
}

async function readRows(
  pieces: AsyncIterable<string>,
  notes: readonly string[],
  encoding: TableEncoding,
): Promise<ReadTable> {
  const collector = new Collector();
  for await (const { delimiter, rows } of csvRows(pieces)) {
    for (const row of rows) collector.add(row, delimiter);
  }
  return collector.end(notes, encoding);
}

/** Collects rows into columns. */
class Collector {
  readonly #leftOut = new LeftOutList();
  readonly #notes: string[] = [];
  #columns: readonly ColumnBuilder[] | null = null;
  #number = 0;
  #rows = 0;
  #surplus = 0;
  #delimiter = ',';
  #hasNames = true;

  add(row: readonly string[], delimiter: string): void {
    this.#number++;
    if (this.#columns === null) this.#begin(row, delimiter);
    else this.#append(this.#columns, row);
  }

  end(notes: readonly string[], encoding: TableEncoding): ReadTable {
    if (this.#columns === null)
      throw new RefusedFiles('This file is empty. Open a table with a row of names and rows below it.');
    if (this.#rows === 0) {
      throw new RefusedFiles('This table has names of columns and no complete row below them. Open one that has rows.');
    }
    if (this.#surplus > 0) {
      this.#leftOut.add(
        `${countOf(this.#surplus, { one: 'row', many: 'rows' })} at the end`,
        `are left out: a page can hold ${numberText(this.#rows)} rows of so many columns`,
      );
    }
    const table = { rows: this.#rows, columns: this.#columns.map((column) => column.end()) };
    const form = { encoding, delimiter: this.#delimiter, hasNames: this.#hasNames, width: this.#columns.length };
    return { table, leftOut: this.#leftOut.list(), notes: [...notes, ...this.#notes], form };
  }

  #begin(row: readonly string[], delimiter: string): void {
    if (row.length > MOST_COLUMNS) {
      throw new RefusedFiles(
        `This table has ${numberText(row.length)} columns, and at most ${numberText(MOST_COLUMNS)} can be opened. Leave some out in the program that made it.`,
      );
    }
    const decimal: Decimal = delimiter === ';' || delimiter === '\t' ? ',' : '.';
    const isHeader = row.some((cell) => Number.isNaN(parseNumber(cell.trim(), decimal)));
    this.#delimiter = delimiter;
    this.#hasNames = isHeader;
    const names = isHeader ? row : row.map(() => '');
    this.#columns = namesOf(names, this.#notes).map((name) => new ColumnBuilder(name, decimal));
    if (isHeader) return;
    this.#notes.push('The first row has numbers only, so the columns were given names.');
    this.#append(this.#columns, row);
  }

  #append(columns: readonly ColumnBuilder[], row: readonly string[]): void {
    const surplus = row.slice(columns.length);
    if (row.length < columns.length || surplus.some((cell) => cell.trim() !== '')) {
      const cells = row.length === 1 ? '1 cell' : `${numberText(row.length)} cells`;
      this.#leftOut.add(
        `Row ${numberText(this.#number)}`,
        `has ${cells}, and there are ${numberText(columns.length)} columns`,
      );
    } else if ((this.#rows + 1) * columns.length > MOST_CELLS) this.#surplus++;
    else {
      for (const [at, column] of columns.entries()) column.add(row[at] ?? '');
      this.#rows++;
    }
  }
}

/** A name of its own for each column. */
function namesOf(cells: readonly string[], notes: string[]): readonly string[] {
  const taken = new Set<string>();
  let [unnamed, twice] = [0, 0];
  const names = cells.map((cell, at) => {
    const given = cell
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, LONGEST_NAME - 8)
      .trim();
    if (given === '') unnamed++;
    const name = given || `Column ${at + 1}`;
    if (taken.has(name)) twice++;
    const own = freeName(name, taken);
    taken.add(own);
    return own;
  });
  if (unnamed > 0 && unnamed < cells.length) notes.push(`${countOf(unnamed, UNNAMED)} its number as a name.`);
  if (twice > 0) notes.push('Some columns have the same name; a number was added to tell them apart.');
  return names;
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name} (${number})`)) number++;
  return `${name} (${number})`;
}
