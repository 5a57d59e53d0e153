/** Milliseconds between two readings of the metrics: the page hears of progress at most ten times a second. */
const READING_INTERVAL = 100;

/** Where the device slept or its clock was set, a reading seems to have taken so many times too long, and milliseconds at least. */
const JUMP = { times: 20, ms: 10_000 };

/**
 * Decides after which steps the metrics are read. It counts steps and not time: a reading waits until the device has
 * done everything that was asked of it, so steps are never queued far ahead, and a pause takes effect at once.
 */
export class MetricsThrottle {
  readonly #now: () => number;
  #stepsPerReading = 1;
  #steps = 0;
  #readAt: number;
  /** Milliseconds that a step took at the last reading; 0 until one is known. */
  #stepTime = 0;
  /** The reading before seemed to contain a jump of the clock. */
  #jumped = false;

  /** `now` gives milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
    this.#readAt = now();
  }

  /** Counts one step; true when it is time to read. */
  step(): boolean {
    this.#steps++;
    return this.#steps >= this.#stepsPerReading;
  }

  /** After a reading: adapts the number of steps to the time they took, and returns steps a second. */
  read(): number {
    const elapsed = Math.max(1, this.#elapsed());
    this.#stepTime = elapsed / Math.max(1, this.#steps);
    const rate = (this.#steps * 1000) / elapsed;
    const fitting = Math.floor((rate * READING_INTERVAL) / 1000) + 1;
    this.#stepsPerReading = Math.min(fitting, 2 * this.#stepsPerReading);
    this.rest();
    return rate;
  }

  /** Milliseconds of the steps since the last reading. A jump of the clock is no time; two in a row are slow steps. */
  #elapsed(): number {
    const measured = this.#now() - this.#readAt;
    const expected = this.#steps * this.#stepTime;
    const tooLong = expected > 0 && measured > JUMP.ms && measured > JUMP.times * expected;
    this.#jumped = measured < 0 || (tooLong && !this.#jumped);
    return this.#jumped ? expected : measured;
  }

  /** Starts the clock anew, after time that was not spent on steps. */
  rest(): void {
    this.#steps = 0;
    this.#readAt = this.#now();
  }
}
