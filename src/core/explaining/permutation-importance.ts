import { fieldPlaces } from '../dataset/rows.ts';
import type { Field, TableSamples } from '../dataset/spec.ts';
import { permutation, streamKey } from '../random.ts';

/** How often each column is shuffled. */
const REPEATS = 3;

/** The same chance each time, so that the same network gives the same figures. */
const SEED = 42;

/** By how much the accuracy falls when a column is shuffled, on the mean and in the single shuffles. */
export interface FieldImportance {
  readonly field: Field;
  readonly fall: number;
  readonly least: number;
  readonly most: number;
}

/** How much the answers rely on each column. */
export interface Importance {
  /** On the rows as they are, a share of 1. */
  readonly accuracy: number;
  readonly rows: number;
  /** The most important first. */
  readonly fields: readonly FieldImportance[];
}

/** How many rows are asked about in all for n rows. */
export function importanceRows({ fields }: TableSamples, rows: number): number {
  return rows * (1 + fields.length * REPEATS);
}

/**
 * The rows as they are, and then with each column shuffled some times, as rows are stored: [1 + fields * repeats, rows, values].
 * `values`: [rows, values].
 */
export function importanceQuestion(samples: TableSamples, values: Float32Array): Float32Array<ArrayBuffer> {
  const places = fieldPlaces(samples);
  const width = places.reduce((sum, place) => sum + place.count, 0);
  const rows = values.length / width;
  const asked = new Float32Array(values.length * (1 + places.length * REPEATS));
  asked.set(values);
  places.forEach(({ first, count }, column) => {
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const part = 1 + column * REPEATS + repeat;
      const shuffled = asked.subarray(part * values.length, (part + 1) * values.length);
      shuffled.set(values);
      permutation(rows, streamKey(SEED, 'importance', column, repeat)).forEach((from, to) => {
        const start = from * width + first;
        shuffled.set(values.subarray(start, start + count), to * width + first);
      });
    }
  });
  return asked;
}

/** What the answers say. `probabilities`: [1 + fields * repeats, rows, classes]; `labels`: [rows]. */
export function importanceOf({ fields }: TableSamples, probabilities: Float32Array, labels: Uint8Array): Importance {
  const parts = 1 + fields.length * REPEATS;
  const size = probabilities.length / parts;
  const accuracyOf = (part: number) => accuracy(probabilities.subarray(part * size, (part + 1) * size), labels);
  const whole = accuracyOf(0);
  const found = fields.map((field, column): FieldImportance => {
    const falls = Array.from({ length: REPEATS }, (_, repeat) => whole - accuracyOf(1 + column * REPEATS + repeat));
    const fall = falls.reduce((sum, own) => sum + own, 0) / REPEATS;
    return { field, fall, least: Math.min(...falls), most: Math.max(...falls) };
  });
  return { accuracy: whole, rows: labels.length, fields: found.toSorted((a, b) => b.fall - a.fall) };
}

function accuracy(probabilities: Float32Array, labels: Uint8Array): number {
  const classes = probabilities.length / labels.length;
  const right = labels.reduce((count, label, row) => {
    const own = probabilities.subarray(row * classes, (row + 1) * classes);
    const most = own.reduce((best, probability, other) => (probability > (own[best] ?? 0) ? other : best), 0);
    return count + (most === label ? 1 : 0);
  }, 0);
  return right / labels.length;
}
