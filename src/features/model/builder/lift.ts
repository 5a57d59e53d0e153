import { at } from '../../../core/at.ts';
import { gapUnder, offsets } from './sorting.ts';

/** Why a layer cannot go to a position; null if it can. */
export type Judge = (to: number) => string | null;

/**
 * A card that is being moved: moves it and opens a gap where it would go. Where it cannot go, no gap opens, and the
 * reason is given.
 */
export class Lift {
  readonly from: number;
  readonly #rows: readonly HTMLElement[];
  readonly #heights: readonly number[];
  readonly #judge: Judge;
  #to: number;

  /** Lifts the card at position `from` of `rows`, which lie below each other without gaps. */
  constructor(rows: readonly HTMLElement[], from: number, judge: Judge) {
    this.from = from;
    this.#rows = rows;
    this.#heights = rows.map((row) => row.offsetHeight);
    this.#judge = judge;
    this.#to = from;
  }

  /** How many cards there are. */
  get count(): number {
    return this.#rows.length;
  }

  get to(): number {
    return this.#to;
  }

  /** Why the card cannot stay where it is now. */
  get problem(): string | null {
    return this.#to === this.from ? null : this.#judge(this.#to);
  }

  /** Follows a pointer that is `dy` CSS pixels below where it took the card, within the stack. */
  follow(dy: number): void {
    const far = at(offsets(this.#heights, this.from, this.count - 1), this.from);
    const near = at(offsets(this.#heights, this.from, 0), this.from);
    const held = Math.max(near, Math.min(far, dy));
    this.#to = gapUnder(this.#heights, this.from, held);
    this.#place(held);
  }

  /** Moves the card one position up or down. */
  step(by: 1 | -1): void {
    this.#to = Math.max(0, Math.min(this.count - 1, this.#to + by));
    this.#place(at(offsets(this.#heights, this.from, this.#to), this.from));
  }

  /** Puts everything back to its place. */
  end(): void {
    for (const row of this.#rows) row.style.translate = '';
  }

  #place(dy: number): void {
    const open = offsets(this.#heights, this.from, this.problem === null ? this.#to : this.from);
    this.#rows.forEach((row, i) => {
      row.style.translate = `0 ${i === this.from ? dy : open[i]}px`;
    });
  }
}
