import { at } from '../at.ts';
import { fieldPlaces } from '../dataset/rows.ts';
import type { Field, TableSamples } from '../dataset/spec.ts';

/** Weights from each value of a row to each unit of the first layer. */
export interface ColumnWeights {
  readonly units: number;
  /** [values, units]. */
  readonly values: Float32Array<ArrayBuffer>;
}

/** The weights of one field. */
export interface FieldWeights {
  readonly field: Field;
  /** The largest distance from 0. */
  readonly size: number;
  /** One of a number, one for each category. */
  readonly weights: readonly number[];
}

/**
 * The weights to one unit by field, those farthest from 0 first; with `unit` null, of each weight its mean size over all
 * units.
 */
export function fieldWeights(samples: TableSamples, { units, values }: ColumnWeights, unit: number | null) {
  const weightOf = (value: number) => {
    if (unit !== null) return at(values, value * units + unit);
    const own = values.subarray(value * units, (value + 1) * units);
    return own.reduce((sum, weight) => sum + Math.abs(weight), 0) / units;
  };
  const found = fieldPlaces(samples).map(({ field, first, count }): FieldWeights => {
    const weights = Array.from({ length: count }, (_, i) => weightOf(first + i));
    return { field, weights, size: Math.max(0, ...weights.map(Math.abs)) };
  });
  return found.toSorted((a, b) => b.size - a.size);
}

/** What the weights of columns can be compared by, as sentences. */
export function comparisonWords({ fields }: TableSamples): string {
  const numbers = fields.filter((field) => field.kind === 'number');
  const left = numbers.filter(({ standardised }) => standardised === null);
  const scaled = left.length < numbers.length;
  const words: string[] = [];
  if (scaled && left.length === 0)
    words.push(
      'The numbers are standardised, so a weight is what one standard deviation of its column adds: they can be compared.',
    );
  if (left.length > 0)
    words.push(
      `${scaled ? 'Some' : 'The'} numbers are not standardised: a weight is then what one unit of its column adds, and a column of small numbers needs a large weight to count as much.`,
    );
  if (fields.some(({ kind }) => kind === 'category')) words.push('A weight of a category counts where the row has it.');
  return words.join(' ');
}
