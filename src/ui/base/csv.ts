/** A value in a table: text, a number, or nothing. */
export type CsvValue = string | number | null | undefined;

/**
 * Rows as comma-separated values (RFC 4180), each ended by CRLF; numbers in full, nothing as an empty field. Spreadsheets would compute a text
 * that begins as a formula: an apostrophe before it has them take it for the text that it is.
 */
export function csvOf(rows: readonly (readonly CsvValue[])[]): string {
  return rows.map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function field(value: CsvValue): string {
  const plain = String(value ?? '');
  const isFormula = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) && Number.isNaN(Number(value));
  const text = isFormula ? `'${plain}` : plain;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A text that somebody typed, for a cell: spreadsheets take what begins like a formula for one, unless an apostrophe is before it. */
export function inert(text: string): string {
  return /^\s*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text;
}
