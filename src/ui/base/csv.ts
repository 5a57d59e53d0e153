/** A value in a table: text, a number, or nothing. */
export type CsvValue = string | number | null | undefined;

/** Rows as comma-separated values (RFC 4180), each ended by CRLF; numbers in full, nothing as an empty field. */
export function csvOf(rows: readonly (readonly CsvValue[])[]): string {
  return rows.map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function field(value: CsvValue): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
