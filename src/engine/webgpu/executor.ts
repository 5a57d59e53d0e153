import type { DatasetSpec } from '../../core/dataset/spec.ts';
import type { StepMetrics } from '../../core/evaluation/evaluation.ts';
import type { SampleStore } from '../../dataset/store.ts';
import { type Buffer, lengthOf } from '../step/buffer.ts';
import { lastingBuffers, type Step } from '../step/step.ts';
import type { StepCall } from '../step/step-call.ts';
import type { StepBatch, StepExecutor } from '../step-executor.ts';
import type { Dispatch } from './dispatch.ts';
import { dispatchesWithin } from './dispatches-within.ts';
import type { Gpu } from './gpu.ts';
import { LastingBuffers } from './lasting-buffers.ts';
import { MetricsRing } from './metrics-ring.ts';
import { noteFallback } from './note-fallback.ts';
import { compile, Program } from './program.ts';
import { SampleBuffer } from './sample-buffer.ts';
import { StepQueue } from './step-queue.ts';

/** A step as shaders, and the samples that it takes its batches from. */
interface StepShaders {
  readonly dispatches: readonly Dispatch[];
  readonly store: SampleStore;
  /** How many of the store are trained on. */
  readonly samples: number;
}

interface Parts {
  readonly samples: SampleBuffer;
  /** Weights, slots and metrics. */
  readonly lasting: LastingBuffers;
  readonly program: Program;
  readonly ring: MetricsRing;
}

/**
 * The step as shaders, which are compiled, for so many training samples; null where one does not compile here, or one
 * would see a buffer that is too large.
 */
export async function dispatchesFor(
  gpu: Gpu,
  step: Step,
  { dataset, samples }: { readonly dataset: DatasetSpec; readonly samples: number },
): Promise<readonly Dispatch[] | null> {
  const dispatches = dispatchesWithin(gpu.mostBytes, step, { dataset, samples });
  if (dispatches === null) return null;
  try {
    await compile(gpu, dispatches);
    return dispatches;
  } catch (error) {
    return noteFallback(String(error));
  }
}

/** Carries a step out on WebGPU: one command buffer and one submission a step, and nothing is read back. */
export class WebgpuExecutor implements StepExecutor {
  readonly #gpu: Gpu;
  readonly #step: Step;
  readonly #dispatches: readonly Dispatch[];
  readonly #store: SampleStore;
  readonly #samples: number;
  readonly #queue: StepQueue;
  readonly #owned: { dispose(): void }[] = [];
  #parts: Parts | null = null;

  constructor(gpu: Gpu, step: Step, { dispatches, store, samples }: StepShaders) {
    this.#gpu = gpu;
    this.#step = step;
    this.#dispatches = dispatches;
    this.#store = store;
    this.#samples = samples;
    this.#queue = new StepQueue(gpu);
  }

  async prepare(): Promise<void> {
    this.#parts = await this.#gpu.withRoom(() => this.#allocate());
  }

  async run(call: StepCall, batch: StepBatch): Promise<void> {
    const { program, lasting, ring } = this.#ready;
    await this.#queue.next();
    this.#gpu.throwIfLost();
    this.#bring(batch);
    const encoder = this.#gpu.device.createCommandEncoder();
    program.encode(encoder, call);
    ring.encode(encoder, lasting.of(this.#step.metrics));
    this.#gpu.device.queue.submit([encoder.finish()]);
    this.#queue.mark();
    await ring.makeRoom();
  }

  readMetrics(): Promise<StepMetrics> {
    return this.#ready.ring.read();
  }

  restart(step: number): Promise<void> {
    return this.#ready.ring.restart(step);
  }

  async read(buffers: readonly Buffer[], signal?: AbortSignal): Promise<readonly Float32Array<ArrayBuffer>[]> {
    const { lasting } = this.#ready;
    const values = await Promise.all(buffers.map((buffer) => this.#gpu.read(lasting.of(buffer), lengthOf(buffer))));
    signal?.throwIfAborted();
    return values;
  }

  write(buffer: Buffer, values: Float32Array): void {
    this.#gpu.throwIfLost();
    this.#gpu.device.queue.writeBuffer(this.#ready.lasting.of(buffer), 0, values.slice());
  }

  dispose(): void {
    for (const part of this.#owned.splice(0)) part.dispose();
  }

  get #ready(): Parts {
    if (this.#parts === null) throw new Error('The executor has not been prepared.');
    return this.#parts;
  }

  async #allocate(): Promise<Parts> {
    const { batch } = this.#step;
    const samples = this.#own(new SampleBuffer(this.#gpu, this.#store.spec, { samples: this.#samples, batch }));
    const lasting = this.#own(new LastingBuffers(this.#gpu, lastingBuffers(this.#step)));
    const ring = this.#own(new MetricsRing(this.#gpu, batch));
    const program = await Program.create(this.#gpu, this.#dispatches, { lasting, outside: samples });
    return { samples, lasting, ring, program: this.#own(program) };
  }

  #own<Part extends { dispose(): void }>(part: Part): Part {
    this.#owned.push(part);
    return part;
  }

  /** Uploads what the batch is made of: a few numbers a sample, and the samples that have arrived. */
  #bring({ indices, labels, weights }: StepBatch): void {
    const { program, samples } = this.#ready;
    const { queue } = this.#gpu.device;
    const { labels: classes, sampleWeights } = this.#step;
    samples.bring(this.#store.values('train'));
    samples.choose(indices);
    queue.writeBuffer(program.placeOf(classes), 0, Int32Array.from(labels));
    if (sampleWeights !== null && weights !== null) {
      queue.writeBuffer(program.placeOf(sampleWeights), 0, weights.slice());
    }
  }
}
