import Papa from 'papaparse';
import { RefusedFiles } from '../refusal.ts';

/** The longest row, in characters. */
const LONGEST_ROW = 1_000_000;

const DELIMITERS = [',', ';', '\t', '|'];

/** The rows of a CSV file as they come: some at a time, each a list of cells. */
export interface CsvRows {
  readonly delimiter: string;
  readonly rows: readonly (readonly string[])[];
}

/**
 * Cuts text that comes in pieces into rows and cells. Lines may end as they do on any system, cells may be in quotation marks, and
 * the delimiter is the one of comma, semicolon, tab and bar that makes rows of the same length. Lines without anything are skipped.
 * Throws a RefusedFiles where a row is longer than a million characters.
 */
export async function* csvRows(pieces: AsyncIterable<string>): AsyncGenerator<CsvRows> {
  const lines = new LineEnds();
  let parser: InstanceType<typeof Papa.Parser> | null = null;
  let delimiter = ',';
  let open = '';
  for await (const piece of pieces) {
    open += lines.unified(piece);
    if (parser === null) {
      if (!open.includes('\n')) {
        checkLength(open);
        continue;
      }
      delimiter = delimiterOf(open);
      parser = parserFor(delimiter);
    }
    const { data, meta } = parser.parse(open, 0, true);
    open = open.slice(meta.cursor);
    checkLength(open);
    yield { delimiter, rows: filled(data) };
  }
  if (parser === null) delimiter = delimiterOf(open);
  const { data } = (parser ?? parserFor(delimiter)).parse(open, 0, false);
  yield { delimiter, rows: filled(data) };
}

function parserFor(delimiter: string) {
  return new Papa.Parser({ delimiter, newline: '\n' });
}

function delimiterOf(text: string): string {
  return Papa.parse(text, { preview: 10, newline: '\n', skipEmptyLines: true, delimitersToGuess: DELIMITERS }).meta
    .delimiter;
}

function filled(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return rows.filter((row) => row.length > 1 || (row[0] ?? '').trim() !== '');
}

function checkLength(open: string): void {
  if (open.length <= LONGEST_ROW) return;
  throw new RefusedFiles(
    'A row of this file is longer than a million characters. Perhaps it has no line breaks, or a quotation mark is never closed.',
  );
}

/** Makes one kind of line end of all kinds, also where one is cut in two. */
class LineEnds {
  #isCut = false;

  unified(piece: string): string {
    const text = this.#isCut && piece.startsWith('\n') ? piece.slice(1) : piece;
    this.#isCut = piece.endsWith('\r');
    return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  }
}
