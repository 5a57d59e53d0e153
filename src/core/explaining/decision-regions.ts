import { at } from '../at.ts';
import { fieldPlaces } from '../dataset/rows.ts';
import type { NumberField, TableSamples } from '../dataset/spec.ts';

/** Places along each side of the picture. */
export const REGION_SIDE = 60;

/** A column of numbers of a table. */
export interface NumberColumn {
  readonly column: number;
  readonly field: NumberField;
}

/** The columns of numbers that are not the same everywhere, in order. */
export function numberColumns({ fields }: TableSamples): readonly NumberColumn[] {
  return fields.flatMap((field, column) =>
    field.kind === 'number' && field.least < field.most ? [{ column, field }] : [],
  );
}

/**
 * Rows that lie in a square on two columns, and are like one row in all others: [side, side, values], as rows are stored, line
 * by line from the top, where the second column is largest. `row`: [values].
 */
export function regionRows(
  samples: TableSamples,
  row: Float32Array,
  across: NumberColumn,
  up: NumberColumn,
  side: number = REGION_SIDE,
): Float32Array<ArrayBuffer> {
  const places = fieldPlaces(samples);
  const [x, y] = [at(places, across.column).first, at(places, up.column).first];
  const rows = new Float32Array(side * side * row.length);
  for (let place = 0; place < side * side; place++) {
    const own = rows.subarray(place * row.length, (place + 1) * row.length);
    own.set(row);
    own[x] = stored(across.field, ((place % side) + 0.5) / side);
    own[y] = stored(up.field, 1 - (Math.floor(place / side) + 0.5) / side);
  }
  return rows;
}

/** The value of a place between the least and the most of a column, as a share. */
function stored({ least, most, standardised }: NumberField, share: number): number {
  const number = least + (most - least) * share;
  return standardised === null ? number : (number - standardised.mean) / standardised.deviation;
}

/** Where a number lies between the least and the most of its column: 0 to 1, or outside of that. */
export function shareOf({ least, most }: NumberField, number: number): number {
  return (number - least) / (most - least);
}

/** The likeliest class of each place and how much likelier than mere chance it is, 0 to 1. `probabilities`: [n, classes]. */
export interface Regions {
  readonly labels: Uint8Array<ArrayBuffer>;
  readonly certainty: Float32Array<ArrayBuffer>;
}

export function regionsOf(probabilities: Float32Array, classes: number): Regions {
  const count = probabilities.length / classes;
  const labels = new Uint8Array(count);
  const certainty = new Float32Array(count);
  for (let place = 0; place < count; place++) {
    const own = probabilities.subarray(place * classes, (place + 1) * classes);
    const most = own.reduce((best, probability, label) => (probability > (own[best] ?? 0) ? label : best), 0);
    labels[place] = most;
    certainty[place] = ((own[most] ?? 0) - 1 / classes) / (1 - 1 / classes);
  }
  return { labels, certainty };
}
