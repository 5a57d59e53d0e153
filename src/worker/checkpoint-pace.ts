/** Milliseconds between two checkpoints of a run that trains: at least, where its epochs are short, and at most, where they are long. */
const LEAST = 2000;
const MOST = 15_000;

/** The share of the time that checkpoints may take. Those of large networks come more rarely. */
const SHARE = 0.05;

/** Decides when a run that trains is due for a checkpoint. */
export class CheckpointPace {
  readonly #now: () => number;
  #takenAt: number;
  #hasTaken = false;
  /** Milliseconds that the last one took. */
  #cost = 0;

  /** `now` gives milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
    this.#takenAt = now();
  }

  /** Whether one is due: at the end of the first epoch, and later at the end of one sooner than within it. */
  isDue(isEpochEnd: boolean): boolean {
    if (isEpochEnd && !this.#hasTaken) return true;
    return this.#now() - this.#takenAt >= Math.max(isEpochEnd ? LEAST : MOST, this.#cost / SHARE);
  }

  /** Takes one, and the time. */
  async time(take: () => Promise<void>): Promise<void> {
    const start = this.#now();
    await take();
    this.#hasTaken = true;
    this.#takenAt = this.#now();
    this.#cost = this.#takenAt - start;
  }
}
