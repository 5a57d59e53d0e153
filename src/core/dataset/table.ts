import type { Field, NumberField, TableSamples } from './spec.ts';

/** What a row says in one column: a number, a category, or null where it says nothing. */
export type Cell = number | string | null;

/**
 * A row as it is stored, which is as a network takes it but for the scale: [values]. Null where a column without a substitute for missing cells has none, or a column of
 * numbers has no number.
 */
export function encodeRow({ fields }: TableSamples, cells: readonly Cell[]): Float32Array<ArrayBuffer> | null {
  const values: number[] = [];
  for (const [at, field] of fields.entries()) {
    const encoded = encodeCell(field, cells[at] ?? field.fill);
    if (encoded === null) return null;
    values.push(...encoded);
  }
  return Float32Array.from(values);
}

function encodeCell(field: Field, cell: Cell): readonly number[] | null {
  if (cell === null) return null;
  if (field.kind === 'category') return field.categories.map((category) => (category === cell ? 1 : 0));
  const number = Number(cell);
  if (!Number.isFinite(number)) return null;
  const { standardised } = field;
  return [standardised === null ? number : (number - standardised.mean) / standardised.deviation];
}

/** The cells of a row from its values [values]: what was missing shows its substitute, an unknown category null. */
export function decodeRow({ fields }: TableSamples, values: ArrayLike<number>): readonly Cell[] {
  let at = 0;
  return fields.map((field): Cell => {
    if (field.kind === 'number') return decodeNumber(field.standardised, values[at++] ?? 0);
    const first = at;
    at += field.categories.length;
    return field.categories.find((_, i) => (values[first + i] ?? 0) > 0.5) ?? null;
  });
}

/** Values are float32: a number keeps six digits, and a standardised one as many as six digits of the deviation reach. */
function decodeNumber(standardised: NumberField['standardised'], value: number): number {
  if (standardised === null) return Number(value.toPrecision(6));
  const { mean, deviation } = standardised;
  const decimals = Math.min(100, Math.max(0, 5 - Math.floor(Math.log10(deviation))));
  // Adding 0 makes the -0 that a number a little below zero is rounded to 0.
  return Number((value * deviation + mean).toFixed(decimals)) + 0;
}
