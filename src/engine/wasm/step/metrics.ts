import type { StepMetrics } from '../../../core/evaluation/evaluation.ts';

/** Loss and accuracy of steps until they are read. */
export class Metrics {
  readonly #batch: number;
  #firstStep = 0;
  #losses: number[] = [];
  #accuracies: number[] = [];

  /** `batch`: samples a step. */
  constructor(batch: number) {
    this.#batch = batch;
  }

  add(loss: number, hits: number): void {
    this.#losses.push(loss);
    this.#accuracies.push(hits / this.#batch);
  }

  /** The metrics of all steps since the last reading. */
  read(): StepMetrics {
    const firstStep = this.#firstStep;
    const [losses, accuracies] = [Float32Array.from(this.#losses), Float32Array.from(this.#accuracies)];
    this.restart(firstStep + losses.length);
    return { firstStep, losses, accuracies };
  }

  /** Discards metrics that were not read; the next step is step `step` of the run. */
  restart(step: number): void {
    this.#firstStep = step;
    this.#losses = [];
    this.#accuracies = [];
  }
}
