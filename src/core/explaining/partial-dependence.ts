import { at } from '../at.ts';
import { fieldPlaces } from '../dataset/rows.ts';
import type { Field, TableSamples } from '../dataset/spec.ts';

/** Places along a column of numbers at which a network is asked. */
const PLACES = 25;

/** The lower and the upper end of the band: that many of the rows, as a share, lie below and above it. */
const BAND = 0.1;

/** Rows in which one column was set to each of some values in turn. */
export interface DependenceQuestion {
  readonly field: Field;
  /** Numbers in rising order, or all categories. */
  readonly grid: readonly (number | string)[];
  /** How many rows there are at each place of the grid. */
  readonly rows: number;
  /** As rows are stored: [grid, rows, values]. */
  readonly values: Float32Array<ArrayBuffer>;
}

/** How the answers depend on one column, all other columns as they are. */
export interface FieldDependence extends Omit<DependenceQuestion, 'values'> {
  readonly classes: number;
  /** The mean probability of each class over the rows: [grid, classes]. */
  readonly means: Float32Array<ArrayBuffer>;
  /** A tenth of the rows have a lower probability: [grid, classes]. */
  readonly low: Float32Array<ArrayBuffer>;
  /** A tenth of the rows have a higher probability: [grid, classes]. */
  readonly high: Float32Array<ArrayBuffer>;
}

/** What to ask of a network. `values`: rows as they are stored, [n, values]. `column`: of the table. */
export function dependenceQuestion(samples: TableSamples, values: Float32Array, column: number): DependenceQuestion {
  const places = fieldPlaces(samples);
  const { field, first, count } = at(places, column);
  const width = places.reduce((sum, place) => sum + place.count, 0);
  const grid = gridOf(field);
  const asked = new Float32Array(grid.length * values.length);
  grid.forEach((place, i) => {
    const some = asked.subarray(i * values.length, (i + 1) * values.length);
    some.set(values);
    for (let start = first; start < some.length; start += width) some.set(codeOf(field, place), start);
  });
  return { field, grid, rows: count === 0 ? 0 : values.length / width, values: asked };
}

/** Evenly from the least to the most of the training rows; all categories. */
function gridOf(field: Field): readonly (number | string)[] {
  if (field.kind === 'category') return field.categories;
  const { least, most } = field;
  if (least === most) return [least];
  return Array.from({ length: PLACES }, (_, i) => least + ((most - least) * i) / (PLACES - 1));
}

/** The values by which a row says this. */
function codeOf(field: Field, place: number | string): readonly number[] {
  if (field.kind === 'category') return field.categories.map((category) => (category === place ? 1 : 0));
  const number = Number(place);
  return [field.standardised === null ? number : (number - field.standardised.mean) / field.standardised.deviation];
}

/** What the answers say. `probabilities`: [grid, rows, classes]. */
export function dependenceOf(
  { field, grid, rows }: DependenceQuestion,
  probabilities: Float32Array,
  classes: number,
): FieldDependence {
  const [means, low, high] = [1, 2, 3].map(() => new Float32Array(grid.length * classes));
  for (let i = 0; i < grid.length * classes; i++) {
    const [place, label] = [Math.floor(i / classes), i % classes];
    const own = Float64Array.from({ length: rows }, (_, row) =>
      at(probabilities, (place * rows + row) * classes + label),
    );
    own.sort();
    if (means) means[i] = own.reduce((sum, probability) => sum + probability, 0) / rows;
    if (low) low[i] = quantile(own, BAND);
    if (high) high[i] = quantile(own, 1 - BAND);
  }
  return { field, grid, rows, classes, means: means ?? NONE, low: low ?? NONE, high: high ?? NONE };
}

const NONE = new Float32Array();

/** Of sorted numbers, with a straight line between two of them. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)] ?? Number.NaN, sorted[Math.ceil(place)] ?? Number.NaN];
  return below + (above - below) * (place - Math.floor(place));
}

/** By how much the mean probability of a class changes over the grid: the most less the least. */
export function effectOf({ grid, classes, means }: FieldDependence, label: number): number {
  const own = grid.map((_, place) => at(means, place * classes + label));
  return Math.max(...own) - Math.min(...own);
}
