/** Pieces of Python text that both generators write. */

/** A value as Python writes it: text in quotes, lists as tuples. */
export type PythonValue = string | number | boolean | readonly PythonValue[] | Verbatim;

/** Text that is written into the code as it is, such as a call. */
export interface Verbatim {
  readonly code: string;
}

/** Text that is not put into quotes. */
export function verbatim(code: string): Verbatim {
  return { code };
}

/**
 * A real number as Python writes it, with a point even where it is whole: libraries take `1` for an integer, and round what
 * they compute with it.
 */
export function real(value: number): Verbatim {
  const text = String(value);
  return verbatim(/[.e]/.test(text) ? text : `${text}.0`);
}

/** A real number, or null where it is the default and need not be written. */
export function realUnless(value: number, usual: number): Verbatim | null {
  return value === usual ? null : real(value);
}

/** A real number that comes of arithmetic, without the noise of its last digits. */
export function rounded(value: number): Verbatim {
  return real(Number(value.toPrecision(12)));
}

/** A value as Python writes it. */
function python(value: PythonValue): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if ('code' in value) return value.code;
  const items = value.map(python).join(', ');
  return value.length === 1 ? `(${items},)` : `(${items})`;
}

/** Arguments by name; null ones are left out, because they are the defaults. */
export type Keywords = Readonly<Record<string, PythonValue | null>>;

/** A call with its arguments. */
export function call(name: string, positional: readonly PythonValue[], keywords: Keywords = {}): string {
  const named = Object.entries(keywords).flatMap(([key, value]) => (value === null ? [] : [`${key}=${python(value)}`]));
  return `${name}(${[...positional.map(python), ...named].join(', ')})`;
}

/** A value, or null where it is the default and need not be written. */
export function unless<Value extends PythonValue>(value: Value, usual: Value): Value | null {
  return value === usual ? null : value;
}

/** Lines moved to the right. */
export function indented(lines: readonly string[], width = 4): readonly string[] {
  return lines.map((line) => (line === '' ? '' : `${' '.repeat(width)}${line}`));
}
