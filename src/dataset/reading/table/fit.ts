import type { CategoryField, Field, NumberField } from '../../../core/dataset/spec.ts';
import type { CategoryChoice, FeatureChoice, NumberChoice } from '../../../core/dataset/table-reading.ts';
import { RefusedFiles } from '../refusal.ts';
import { type Column, inOrder, MISSING } from './column.ts';

/** The category that stands for a missing cell where it is one of its own. */
const MISSING_CATEGORY = '(missing)';

/**
 * How a column becomes values, from its training rows alone, as scikit-learn's SimpleImputer with StandardScaler or
 * OneHotEncoder. Throws a RefusedFiles where these rows say nothing.
 */
export function fitField(column: Column, rows: Uint32Array, choice: FeatureChoice): Field {
  return choice.as === 'number' ? fitNumbers(column, rows, choice) : fitCategories(column, rows, choice);
}

/** The numbers of rows that have one. */
function presentIn(numbers: Float64Array, rows: Uint32Array): Float64Array {
  const present = new Float64Array(rows.length);
  let count = 0;
  // By index: there may be millions.
  for (let i = 0; i < rows.length; i++) {
    const number = numbers[rows[i] ?? 0] ?? Number.NaN;
    if (!Number.isNaN(number)) present[count++] = number;
  }
  return present.subarray(0, count);
}

function fitNumbers({ name, numbers }: Column, rows: Uint32Array, choice: NumberChoice): NumberField {
  const present = presentIn(numbers, rows);
  if (present.length === 0) {
    throw new RefusedFiles(
      `${name} has no number in the training rows. Leave the column out, or treat it as categories.`,
    );
  }
  const absent = rows.length - present.length;
  const fill = choice.missing === 'drop' ? null : choice.missing === 'mean' ? meanOf(present) : medianOf(present);
  const [least, most] = extentOf(present);
  return {
    kind: 'number',
    name,
    unit: choice.unit,
    least,
    most,
    standardised: choice.standardise ? standardOf(present, fill ?? 0, fill === null ? 0 : absent) : null,
    fill,
  };
}

/** Mean and deviation of numbers together with `absent` ones that were filled. A deviation of 0 is taken for 1. */
function standardOf(present: Float64Array, fill: number, absent: number) {
  const count = present.length + absent;
  const mean = (sumOf(present, (number) => number) + absent * fill) / count;
  const variance = (sumOf(present, (number) => (number - mean) ** 2) + absent * (fill - mean) ** 2) / count;
  const deviation = Math.sqrt(variance);
  // What is constant but for rounding has no deviation.
  const isConstant = deviation <= Math.abs(mean) * 1e-12;
  return { mean, deviation: isConstant ? 1 : deviation };
}

function meanOf(numbers: Float64Array): number {
  return sumOf(numbers, (number) => number) / numbers.length;
}

function sumOf(numbers: Float64Array, of: (number: number) => number): number {
  let sum = 0;
  for (const number of numbers) sum += of(number);
  return sum;
}

/** The number in the middle, or the mean of the two there. */
export function medianOf(numbers: Float64Array): number {
  const sorted = numbers.toSorted();
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2;
}

function extentOf(numbers: Float64Array): [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const number of numbers) {
    if (number < least) least = number;
    if (number > most) most = number;
  }
  return [least, most];
}

function fitCategories(column: Column, rows: Uint32Array, choice: CategoryChoice): CategoryField {
  if (column.isCrowded) {
    throw new RefusedFiles(
      `${column.name} has more different values than a data set can have categories. Leave it out, or treat it as numbers.`,
    );
  }
  const counts = countsOf(column, rows);
  const frequent = counts.toSorted((a, b) => b.count - a.count);
  const kept = inOrder(frequent.slice(0, choice.most).map(({ text }) => text));
  const [first] = kept;
  if (first === undefined) throw new RefusedFiles(`${column.name} has no value in the training rows. Leave it out.`);
  const categories = choice.missing === 'own' ? [...kept, MISSING_CATEGORY] : kept;
  return { kind: 'category', name: column.name, categories, fill: fillOf(choice, counts) };
}

/** Of equally frequent ones the first in order, as SimpleImputer has it. */
function fillOf(choice: CategoryChoice, counts: readonly Count[]): string | null {
  if (choice.missing === 'own') return MISSING_CATEGORY;
  if (choice.missing === 'drop') return null;
  const most = Math.max(...counts.map(({ count }) => count));
  return inOrder(counts.filter(({ count }) => count === most).map(({ text }) => text))[0] ?? null;
}

interface Count {
  readonly text: string;
  readonly count: number;
}

/** How often each text of a column occurs in rows: those that occur, in the order of the table. */
function countsOf({ texts, codes }: Column, rows: Uint32Array): readonly Count[] {
  return countsOfCodes(
    texts,
    Int32Array.from({ length: rows.length }, (_, i) => codes[rows[i] ?? 0] ?? MISSING),
  );
}

/** The same of all rows. */
export function countsOfCodes(texts: readonly string[], codes: Int32Array): readonly Count[] {
  const counts = new Uint32Array(texts.length);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? MISSING;
    if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  }
  return texts.flatMap((text, code) => {
    const count = counts[code] ?? 0;
    return count === 0 ? [] : [{ text, count }];
  });
}
