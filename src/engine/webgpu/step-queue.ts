import type { Gpu } from './gpu.ts';

/** How much work may wait for the device: enough to keep it busy, little enough that Pause is answered at once. */
const QUEUE_MS = 50;
const FEWEST_STEPS = 2;
/** Queueing many steps has been seen to be slower than waiting, and waiting for each to be slower still. */
const MOST_STEPS = 8;

/** Limits how many submitted steps may wait for the device. */
export class StepQueue {
  readonly #gpu: Gpu;
  readonly #waiting: Promise<unknown>[] = [];
  #stepMs = QUEUE_MS;
  #lastDone = 0;

  constructor(gpu: Gpu) {
    this.#gpu = gpu;
  }

  /** Waits until there is room for a step in the queue. Rejects with a GpuLostError. */
  async next(): Promise<void> {
    const room = Math.min(Math.max(Math.floor(QUEUE_MS / this.#stepMs), FEWEST_STEPS), MOST_STEPS);
    while (this.#waiting.length >= room) await this.#oldest();
  }

  /** Marks the end of a step in the queue. */
  mark(): void {
    const done = this.#gpu.settled();
    // Nobody may be waiting for it when the device is lost.
    done.catch(() => undefined);
    this.#waiting.push(done);
  }

  async #oldest(): Promise<void> {
    await this.#waiting.shift();
    const now = performance.now();
    // A smoothed duration, because single steps vary with the load of the machine.
    this.#stepMs += 0.2 * (Math.min(now - this.#lastDone, QUEUE_MS) - this.#stepMs);
    this.#lastDone = now;
  }
}
