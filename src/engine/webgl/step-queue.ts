import type { Gpu } from './gpu.ts';

/**
 * How much work may wait for the device: enough to keep it busy, little enough that Pause and drawings are answered at
 * once.
 */
const QUEUE_MS = 50;
const FEWEST_STEPS = 2;
const MOST_STEPS = 64;

/** Limits how many queued steps may wait for the device. */
export class StepQueue {
  readonly #gpu: Gpu;
  readonly #throwIfLost: () => void;
  readonly #waiting: WebGLSync[] = [];
  #stepMs = QUEUE_MS;
  #lastDone = 0;

  constructor(gpu: Gpu, throwIfLost: () => void) {
    this.#gpu = gpu;
    this.#throwIfLost = throwIfLost;
  }

  /** Waits until there is room for a step in the queue. */
  async next(): Promise<void> {
    const room = Math.min(Math.max(Math.floor(QUEUE_MS / this.#stepMs), FEWEST_STEPS), MOST_STEPS);
    while (this.#waiting.length >= room) await this.#oldest();
  }

  /** Marks the end of a step in the queue. */
  mark(): void {
    this.#waiting.push(this.#gpu.fence());
  }

  dispose(): void {
    for (const fence of this.#waiting.splice(0)) this.#gpu.gl.deleteSync(fence);
  }

  async #oldest(): Promise<void> {
    const fence = this.#waiting.shift();
    if (fence === undefined) return;
    await this.#gpu.settled(fence, this.#throwIfLost);
    const now = performance.now();
    // A smoothed duration, because single steps vary with the load of the machine.
    this.#stepMs += 0.2 * (Math.min(now - this.#lastDone, QUEUE_MS) - this.#stepMs);
    this.#lastDone = now;
  }
}
