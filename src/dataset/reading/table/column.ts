/** A column of a table as it was read: each cell as a number and as a text, whichever it is used as in the end. */
export interface Column {
  readonly name: string;
  /** [rows]; NaN where a cell is missing or is no number. */
  readonly numbers: Float64Array<ArrayBuffer>;
  /** The place of each cell's text in `texts`: [rows]; MISSING or UNKNOWN where it has none. */
  readonly codes: Int32Array<ArrayBuffer>;
  /** Every text of the column once, in the order of the rows; only those of the first rows where it is crowded. */
  readonly texts: readonly string[];
  /** How many cells are missing. */
  readonly missing: number;
  /** How many cells have a text that is no number. */
  readonly notNumbers: number;
  /** Whether it has more different texts than a data set can have categories: its texts are then kept of the first rows only. */
  readonly isCrowded: boolean;
}

/** The rows of a table by columns, all of the same length. */
export interface Table {
  readonly rows: number;
  readonly columns: readonly Column[];
}

/** The code of a cell that says nothing. */
export const MISSING = -1;

/** The code of a text of a crowded column that is not kept. */
const UNKNOWN = -2;

/** How many different texts are kept of a column: more than a data set can have categories. */
const MOST_TEXTS = 2000;

/** The longest text that a data set can have as a category. */
const LONGEST = 60;

/** What stands in cells that say nothing, in lower case. */
const NOTHING: ReadonlySet<string> = new Set(['', 'na', 'n/a', 'nan', 'null', '?', '-', '.', '#n/a']);

/** Whether a number with a decimal point or with a decimal comma is expected. */
export type Decimal = '.' | ',';

/** What JavaScript would read as a number and people would not: `0x1F`, `Infinity`. */
const ODD = /[xXoObB_Iy]/;
const GROUPED = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const WITH_COMMA = /^[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+$/;

/** A text as a number; NaN where it is none. Infinite numbers are none. */
export function parseNumber(text: string, decimal: Decimal): number {
  const number = Number(text);
  if (!Number.isNaN(number) && text !== '') return Number.isFinite(number) && !ODD.test(text) ? number : Number.NaN;
  if (decimal === ',' && WITH_COMMA.test(text)) return Number(text.replaceAll('.', '').replace(',', '.'));
  return decimal === '.' && GROUPED.test(text) ? Number(text.replaceAll(',', '')) : Number.NaN;
}

/** Collects the cells of a column, row by row. */
export class ColumnBuilder {
  readonly #name: string;
  readonly #decimal: Decimal;
  readonly #known = new Map<string, number>();
  #numbers = new Float64Array(1024);
  #codes = new Int32Array(1024);
  #rows = 0;
  #missing = 0;
  #notNumbers = 0;
  #isCrowded = false;

  constructor(name: string, decimal: Decimal = '.') {
    this.#name = name;
    this.#decimal = decimal;
  }

  add(cell: string): void {
    if (this.#rows === this.#codes.length) this.#grow();
    const row = this.#rows++;
    const text = cell.trim();
    if (text.length < 5 && NOTHING.has(text.toLowerCase())) {
      this.#missing++;
      this.#numbers[row] = Number.NaN;
      this.#codes[row] = MISSING;
      return;
    }
    const number = parseNumber(text, this.#decimal);
    if (Number.isNaN(number)) this.#notNumbers++;
    this.#numbers[row] = number;
    this.#codes[row] = this.#isCrowded
      ? UNKNOWN
      : this.#codeOf(text.length > LONGEST ? text.slice(0, LONGEST).trim() : text);
  }

  end(): Column {
    return {
      name: this.#name,
      numbers: this.#numbers.slice(0, this.#rows),
      codes: this.#codes.slice(0, this.#rows),
      texts: [...this.#known.keys()],
      missing: this.#missing,
      notNumbers: this.#notNumbers,
      isCrowded: this.#isCrowded,
    };
  }

  #codeOf(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    if (this.#known.size === MOST_TEXTS) {
      this.#isCrowded = true;
      return UNKNOWN;
    }
    this.#known.set(text, this.#known.size);
    return this.#known.size - 1;
  }

  #grow(): void {
    const [numbers, codes] = [this.#numbers, this.#codes];
    this.#numbers = new Float64Array(2 * numbers.length);
    this.#codes = new Int32Array(2 * codes.length);
    this.#numbers.set(numbers);
    this.#codes.set(codes);
  }
}

/**
 * A table of cells that are at hand. `cells`: [rows][columns].
 *
 * @internal Exported for `npm run data` and tests.
 */
export function tableOf(names: readonly string[], cells: readonly (readonly string[])[]): Table {
  const columns = names.map((name, at) => {
    const builder = new ColumnBuilder(name);
    for (const row of cells) builder.add(row[at] ?? '');
    return builder.end();
  });
  return { rows: cells.length, columns };
}

/** The text of a cell; null where it has none that was kept. */
export function textAt({ texts, codes }: Column, row: number): string | null {
  return texts[codes[row] ?? MISSING] ?? null;
}

/** Texts in the order in which people list them: numbers by size, then the others by letters. */
export function inOrder(texts: readonly string[], decimal: Decimal = '.'): readonly string[] {
  const keyed = texts.map((text) => ({ text, number: parseNumber(text, decimal) }));
  return keyed.toSorted(compare).map(({ text }) => text);
}

interface Keyed {
  readonly text: string;
  readonly number: number;
}

function compare(a: Keyed, b: Keyed): number {
  const [left, right] = [Number.isNaN(a.number), Number.isNaN(b.number)];
  if (left !== right) return left ? 1 : -1;
  if (!left && a.number !== b.number) return a.number - b.number;
  return a.text < b.text ? -1 : Number(a.text > b.text);
}
