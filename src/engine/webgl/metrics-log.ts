import { at } from '../../core/at.ts';
import type { StepMetrics } from '../../core/evaluation/evaluation.ts';
import type { Extent } from './fold.ts';
import type { Gpu } from './gpu.ts';
import type { Texture } from './texture.ts';

/** Steps whose metrics the device keeps. They are read long before they are overwritten. */
export const REMEMBERED_STEPS = 4096;

/** The size of the texture that holds them. */
export const LOG_EXTENT: Extent = { width: REMEMBERED_STEPS, height: 1, layers: 1 };

/** Loss and accuracy of steps, kept on the device until they are read. */
export class MetricsLog {
  readonly #gpu: Gpu;
  readonly #texture: Texture;
  readonly #throwIfLost: () => void;
  /** Metrics that were read early, because the device was about to overwrite them: (loss, accuracy) by step. */
  #early: number[] = [];
  #steps = 0;
  #unread = 0;
  #firstStep = 0;

  constructor(gpu: Gpu, texture: Texture, throwIfLost: () => void) {
    this.#gpu = gpu;
    this.#texture = texture;
    this.#throwIfLost = throwIfLost;
  }

  /** Counts a step whose metrics were drawn. Waits only if thousands of steps have not been read. */
  async add(): Promise<void> {
    this.#steps += 1;
    if (this.#steps - this.#unread < REMEMBERED_STEPS / 2) return;
    const { from, to } = this.#take();
    this.#early.push(...(await this.#fetch(from, to)));
  }

  /** The metrics of all steps since the last reading. */
  async read(): Promise<StepMetrics> {
    const { from, to } = this.#take();
    const firstStep = this.#firstStep;
    const early = this.#early;
    this.#firstStep = to;
    this.#early = [];
    const values = [...early, ...(await this.#fetch(from, to))];
    return {
      firstStep,
      losses: Float32Array.from({ length: values.length / 2 }, (_, i) => at(values, 2 * i)),
      accuracies: Float32Array.from({ length: values.length / 2 }, (_, i) => at(values, 2 * i + 1)),
    };
  }

  /** Discards metrics that were not read; the next step is step `step` of the run. */
  async restart(step: number): Promise<void> {
    await this.read();
    this.#steps = step;
    this.#unread = step;
    this.#firstStep = step;
  }

  #take(): { from: number; to: number } {
    const from = this.#unread;
    this.#unread = this.#steps;
    return { from, to: this.#steps };
  }

  /** (loss, accuracy) of steps `from` ... `to` - 1; the log is a ring, so they may lie in two pieces. */
  async #fetch(from: number, to: number): Promise<number[]> {
    if (from === to) return [];
    const x = from % REMEMBERED_STEPS;
    const width = Math.min(to - from, REMEMBERED_STEPS - x);
    const texels = await this.#gpu.readLater(this.#texture, { x, y: 0, width, height: 1 }, this.#throwIfLost);
    const values = Array.from({ length: width }, (_, i) => [at(texels, 4 * i), at(texels, 4 * i + 1)]).flat();
    return [...values, ...(await this.#fetch(from + width, to))];
  }
}
