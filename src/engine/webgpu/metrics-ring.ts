import { at } from '../../core/at.ts';
import type { StepMetrics } from '../../core/evaluation/evaluation.ts';
import type { Gpu } from './gpu.ts';

/** Steps whose metrics are kept on the device. */
const REMEMBERED_STEPS = 4096;
/** Loss and hits. */
const FIELDS = 2;

/** What the ring takes. */
export const RING_BYTES = 4 * FIELDS * REMEMBERED_STEPS;

/** Loss and hits of steps, kept on the device until they are read. */
export class MetricsRing {
  readonly #gpu: Gpu;
  readonly #batch: number;
  readonly #ring: GPUBuffer;
  /** Metrics that were read early, because the device was about to overwrite them: loss and hits by step. */
  #early: number[] = [];
  #firstStep = 0;
  #unread = 0;
  #steps = 0;

  /** `batch`: samples a step. */
  constructor(gpu: Gpu, batch: number) {
    this.#gpu = gpu;
    this.#batch = batch;
    this.#ring = gpu.buffer(RING_BYTES);
  }

  /** Has the step's metrics [loss, hits] kept. */
  encode(encoder: GPUCommandEncoder, metrics: GPUBuffer): void {
    const place = this.#steps % REMEMBERED_STEPS;
    encoder.copyBufferToBuffer(metrics, 0, this.#ring, 4 * FIELDS * place, 4 * FIELDS);
    this.#steps += 1;
  }

  /** Reads only if thousands of steps have not been read. */
  async makeRoom(): Promise<void> {
    if (this.#steps - this.#unread >= REMEMBERED_STEPS / 2) this.#early.push(...(await this.#fetch()));
  }

  /** The metrics of all steps since the last reading. */
  async read(): Promise<StepMetrics> {
    const early = this.#early;
    this.#early = [];
    const firstStep = this.#firstStep;
    this.#firstStep = this.#steps;
    const values = [...early, ...(await this.#fetch())];
    const steps = values.length / FIELDS;
    return {
      firstStep,
      losses: Float32Array.from({ length: steps }, (_, step) => at(values, FIELDS * step)),
      accuracies: Float32Array.from({ length: steps }, (_, step) => at(values, FIELDS * step + 1) / this.#batch),
    };
  }

  /** Discards metrics that were not read; the next step is step `step` of the run. */
  async restart(step: number): Promise<void> {
    await this.read();
    this.#firstStep = step;
    this.#unread = step;
    this.#steps = step;
  }

  dispose(): void {
    this.#gpu.free(this.#ring);
  }

  /** Loss and hits of all steps that have not been fetched; they may lie in two pieces of the ring. */
  async #fetch(): Promise<number[]> {
    const [from, to] = [this.#unread, this.#steps];
    this.#unread = to;
    if (from === to) return [];
    const place = from % REMEMBERED_STEPS;
    const first = Math.min(to - from, REMEMBERED_STEPS - place);
    const pieces = [await this.#gpu.read(this.#ring, FIELDS * first, FIELDS * place)];
    if (first < to - from) pieces.push(await this.#gpu.read(this.#ring, FIELDS * (to - from - first)));
    return pieces.flatMap((piece) => [...piece]);
  }
}
