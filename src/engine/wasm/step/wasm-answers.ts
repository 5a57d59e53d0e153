import { classCountOf, type Split, sampleBytesOf } from '../../../core/dataset/spec.ts';
import type { Evaluation } from '../../../core/evaluation/evaluation.ts';
import type { Graph } from '../../../core/network/graph.ts';
import type { LossSpec } from '../../../core/training/recipe.ts';
import type { SampleStore } from '../../../dataset/store.ts';
import { storedValues } from '../../../dataset/values.ts';
import type { Answers } from '../../answers.ts';
import type { EvaluationControl } from '../../engine.ts';
import type { ChosenSamples } from '../../evaluation-samples.ts';
import { EVALUATION_BATCH } from '../../evaluation-samples.ts';
import { FEATURE_BATCH } from '../../feature-index.ts';
import { OutOfMemoryError } from '../../out-of-memory-error.ts';
import { evaluationOf, logitsIn, softmaxRows } from '../../scores.ts';
import { type Buffer, lengthOf } from '../../step/buffer.ts';
import { planMemory } from '../../step/plan-memory.ts';
import { recordAnswer } from '../../step/record-step.ts';
import { yieldToMessages } from '../../yield.ts';
import { blockBytes } from '../heap.ts';
import type { Processor } from '../processor.ts';
import { PlannedCalls } from './planned-calls.ts';
import { pooledConvolutions } from './pooled-convolutions.ts';

/** The most memory that the values of a batch take, where a single sample does not take more. */
const MOST_BYTES = 64 * 2 ** 20;

/** Nothing of it matters where nothing is random. */
const CALL = { step: 0, seed: 0, learningRate: 0, weightDecay: 0, dropout: null, variation: null };

const CALM = new AbortController().signal;

/** A network in training. */
export interface Asked {
  readonly graph: Graph;
  readonly loss: LossSpec;
  readonly store: SampleStore;
  /** Every weight, in the order of the graph. */
  readonly weights: readonly Buffer[];
  /** The address of a weight. */
  placeOf(weight: Buffer): number;
}

/** The outputs of a layer for a batch. */
interface Pass {
  readonly calls: PlannedCalls;
  readonly output: Buffer;
  readonly batch: number;
  /** Values for each sample. */
  readonly width: number;
}

/** Answers by the kernels, from the weights where they lie. What takes long can be interrupted as a step can. */
export class WasmAnswers implements Answers {
  readonly #processor: Processor;
  readonly #asked: Asked;
  readonly #bytes = new Map<number, number>();
  /** For a single sample, as one is asked for again and again while somebody draws. */
  #single: { readonly position: number; readonly pass: Pass } | null = null;

  constructor(processor: Processor, asked: Asked) {
    this.#processor = processor;
    this.#asked = asked;
  }

  async evaluate({ set, split, indices, labels }: ChosenSamples, control: EvaluationControl): Promise<Evaluation> {
    const { graph, loss } = this.#asked;
    const logits = await this.#logitsOf(split, indices, control);
    return evaluationOf({ set, indices, labels }, logits, classCountOf(graph.dataset), loss);
  }

  async predict(samples: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
    const { graph } = this.#asked;
    const classes = classCountOf(graph.dataset);
    const outputs = await this.#outputsOf(samples, graph.nodes.length - 1, EVALUATION_BATCH);
    return softmaxRows(logitsIn(outputs, outputs.length / this.#countOf(samples)), classes);
  }

  activations(samples: Uint8Array, position: number): Promise<Float32Array<ArrayBuffer>> {
    return this.#outputsOf(samples, position, FEATURE_BATCH);
  }

  /** The kernels read the weights anew each time. */
  outdate(): void {}

  dispose(): void {
    this.#single?.pass.calls.dispose();
    this.#single = null;
  }

  /** Logits [n, classes], batch by batch; messages are handled in between. */
  async #logitsOf(
    split: Split,
    indices: Uint32Array,
    { signal, onProgress }: EvaluationControl,
  ): Promise<Float32Array<ArrayBuffer>> {
    const { graph, store } = this.#asked;
    const pass = this.#passFor(graph.nodes.length - 1, EVALUATION_BATCH);
    const outputs = new Float32Array(indices.length * pass.width);
    try {
      for (let start = 0; start < indices.length; start += pass.batch) {
        signal.throwIfAborted();
        const some = indices.subarray(start, start + pass.batch);
        outputs.set(await this.#run(pass, store.gather(split, some).values, signal), start * pass.width);
        onProgress(start + some.length, indices.length);
        await yieldToMessages();
      }
    } finally {
      pass.calls.dispose();
    }
    return logitsIn(outputs, pass.width);
  }

  /** Values [n, width] of the layer at a position for samples as they are stored, at most so many at once. */
  async #outputsOf(samples: Uint8Array, position: number, most: number): Promise<Float32Array<ArrayBuffer>> {
    const count = this.#countOf(samples);
    const bytes = sampleBytesOf(this.#asked.graph.dataset);
    const pass = count === 1 ? this.#singleFor(position) : this.#passFor(position, most);
    const outputs = new Float32Array(count * pass.width);
    try {
      for (let start = 0; start < count; start += pass.batch) {
        const some = samples.subarray(start * bytes, (start + pass.batch) * bytes);
        outputs.set(await this.#run(pass, some, CALM), start * pass.width);
      }
    } finally {
      if (count !== 1) pass.calls.dispose();
    }
    return outputs;
  }

  /** The outputs for at most as many samples as the pass takes at once; a batch that is not full is filled up with zeros. */
  async #run({ calls, output, batch, width }: Pass, samples: Uint8Array, signal: AbortSignal): Promise<Float32Array> {
    const { dataset } = this.#asked.graph;
    const bytes = sampleBytesOf(dataset);
    const full = new Uint8Array(batch * bytes);
    full.set(samples);
    const values = storedValues(dataset, full);
    const given = { values, scale: dataset.samples.scale, positions: new Uint32Array(batch) };
    await calls.run({ ...CALL, batch: { ...given, labels: new Uint8Array(batch), weights: null } }, signal);
    return calls.valuesOf(output).subarray(0, (samples.length / bytes) * width);
  }

  #singleFor(position: number): Pass {
    if (this.#single?.position !== position) {
      this.dispose();
      this.#single = { position, pass: this.#plan(position, 1) };
    }
    return this.#single.pass;
  }

  /** As many samples at once as there is memory for. An OutOfMemoryError where there is none for a single one. */
  #passFor(position: number, most: number): Pass {
    const room = Math.floor(MOST_BYTES / this.#bytesFor(position));
    for (let batch = Math.min(Math.max(room, 1), most); ; batch = Math.ceil(batch / 2)) {
      try {
        return this.#plan(position, batch);
      } catch (error) {
        if (batch === 1 || !(error instanceof OutOfMemoryError)) throw error;
      }
    }
  }

  /** What the values of a single sample take up to the layer at a position. Planned once: only the weights change. */
  #bytesFor(position: number): number {
    const known = this.#bytes.get(position);
    if (known !== undefined) return known;
    const { graph, weights } = this.#asked;
    const { operations, output } = recordAnswer(graph, weights, { batch: 1, position });
    const { bytes } = planMemory(pooledConvolutions(operations, output), blockBytes);
    this.#bytes.set(position, bytes);
    return bytes;
  }

  #plan(position: number, batch: number): Pass {
    const { graph, weights, placeOf } = this.#asked;
    const { operations, output } = recordAnswer(graph, weights, { batch, position });
    const calls = new PlannedCalls(this.#processor, { operations, commit: operations.length, kept: output }, placeOf);
    return { calls, output, batch, width: lengthOf(output) / batch };
  }

  #countOf(samples: Uint8Array): number {
    return samples.length / sampleBytesOf(this.#asked.graph.dataset);
  }
}
