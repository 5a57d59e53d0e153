import { at } from '../../../core/at.ts';
import type { StepMetrics } from '../../../core/evaluation/evaluation.ts';
import type { SampleStore } from '../../../dataset/store.ts';
import { storedValues } from '../../../dataset/values.ts';
import type { Answers } from '../../answers.ts';
import { COPIED_AT_ONCE, CopyPauses } from '../../copy-pauses.ts';
import { type Buffer, lengthOf } from '../../step/buffer.ts';
import type { Step } from '../../step/step.ts';
import type { StepCall } from '../../step/step-call.ts';
import type { StepBatch, StepExecutor } from '../../step-executor.ts';
import type { Processor } from '../processor.ts';
import { wasmBackend } from '../tensors.ts';
import { Metrics } from './metrics.ts';
import { PlannedStep } from './planned-step.ts';
import { recordsRightly } from './self-test.ts';
import { type Asked, WasmAnswers } from './wasm-answers.ts';

/**
 * An executor on the wasm backend, which must be the current one, and what answers from its weights; null where recorded steps do not
 * work there.
 */
export async function wasmExecutor(
  step: Step,
  asked: Pick<Asked, 'graph' | 'loss' | 'store'>,
): Promise<{ readonly executor: StepExecutor; readonly answers: Answers } | null> {
  const { processor } = wasmBackend();
  if (!(await recordsRightly(processor))) return null;
  const executor = new WasmExecutor(processor, step, asked.store);
  const { weights } = step;
  const answers = new WasmAnswers(processor, { ...asked, weights, placeOf: (weight) => executor.placeOf(weight) });
  return { executor, answers };
}

/** Carries a step out on the processor. */
class WasmExecutor implements StepExecutor {
  readonly #processor: Processor;
  readonly #step: Step;
  readonly #store: SampleStore;
  readonly #metrics: Metrics;
  #planned: PlannedStep | null = null;

  constructor(processor: Processor, step: Step, store: SampleStore) {
    this.#processor = processor;
    this.#step = step;
    this.#store = store;
    this.#metrics = new Metrics(step.batch);
  }

  async prepare(): Promise<void> {
    this.#planned = new PlannedStep(this.#processor, this.#step);
  }

  async run(call: StepCall, { indices: positions, labels, weights }: StepBatch, signal: AbortSignal): Promise<void> {
    const { spec } = this.#store;
    const values = storedValues(spec, this.#store.gather('train', positions).values);
    const batch = { values, scale: spec.samples.scale, positions, labels, weights };
    await this.#ready.run({ ...call, batch }, signal);
    const metrics = this.#ready.valuesOf(this.#step.metrics);
    this.#metrics.add(at(metrics, 0), at(metrics, 1));
  }

  async readMetrics(): Promise<StepMetrics> {
    return this.#metrics.read();
  }

  async restart(step: number): Promise<void> {
    this.#metrics.restart(step);
  }

  async read(buffers: readonly Buffer[], signal?: AbortSignal): Promise<readonly Float32Array<ArrayBuffer>[]> {
    const pauses = new CopyPauses(signal);
    const copies = buffers.map((buffer) => new Float32Array(lengthOf(buffer)));
    for (const [i, buffer] of buffers.entries()) {
      const copy = at(copies, i);
      for (let from = 0; from < copy.length; from += COPIED_AT_ONCE) {
        // Looked up again: memory may have moved in the pause.
        const part = this.#ready.valuesOf(buffer).subarray(from, from + COPIED_AT_ONCE);
        copy.set(part, from);
        await pauses.after(part.length);
      }
    }
    return copies;
  }

  /** The address of a weight. */
  placeOf(weight: Buffer): number {
    return this.#ready.placeOf(weight);
  }

  write(buffer: Buffer, values: Float32Array): void {
    this.#ready.valuesOf(buffer).set(values);
  }

  dispose(): void {
    this.#planned?.dispose();
  }

  get #ready(): PlannedStep {
    if (this.#planned === null) throw new Error('The executor has not been prepared.');
    return this.#planned;
  }
}
