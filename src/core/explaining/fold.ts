import { streamKey, uint32At } from '../random.ts';

/** The most values that are kept of a sample: 2 KB of floats. */
export const MOST_KEPT = 512;

/**
 * How many of the images that are nearest by folded values are then compared by all their values. Measured on 40 test
 * images and three trained networks with 1,024, 5,408 and 12,544 values: none of the 720 nearest ones was
 * missed.
 */
export const CANDIDATES = 100;

/**
 * Makes long rows of values short enough to keep those of a whole data set. Each value is added to, or subtracted from,
 * one of 512 sums that is chosen for it at random, once: the count sketch of Charikar, Chen and Farach-Colton (ICALP 2002).
 * Squared distances between rows stay the same on average, and nearly all within an eighth (two standard deviations).
 */
export class Fold {
  /** Values of a folded row. */
  readonly kept: number;
  readonly #width: number;
  readonly #places: Uint16Array;
  readonly #signs: Int8Array;

  /** Of rows of `width` values; those of at most 512 stay as they are. */
  constructor(width: number) {
    const key = streamKey(0, 'fold');
    const drawn = Uint32Array.from({ length: width }, (_, i) => uint32At(key, i));
    this.kept = Math.min(width, MOST_KEPT);
    this.#width = width;
    this.#places = Uint16Array.from(drawn, (word) => word % MOST_KEPT);
    this.#signs = Int8Array.from(drawn, (word) => (word >>> 31 === 0 ? 1 : -1));
  }

  /** Whether distances between folded rows are only about those of the rows. */
  get isRough(): boolean {
    return this.kept < this.#width;
  }

  /** Rows [n, width] as [n, kept]. */
  of(rows: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
    if (!this.isRough) return rows;
    const [width, places, signs] = [this.#width, this.#places, this.#signs];
    const folded = new Float32Array((rows.length / width) * MOST_KEPT);
    for (let start = 0, at = 0; start < rows.length; start += width, at += MOST_KEPT) {
      for (let i = 0; i < width; i++) {
        const place = at + (places[i] ?? 0);
        folded[place] = (folded[place] ?? 0) + (signs[i] ?? 0) * (rows[start + i] ?? 0);
      }
    }
    return folded;
  }
}
