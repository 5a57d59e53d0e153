import type { Histogram } from '../core/explaining/histogram.ts';
import { visibleLayers } from '../core/explaining/inspection.ts';
import {
  type EpochHistograms,
  HISTOGRAM_SAMPLES,
  HISTOGRAM_TIME,
  type LayerHistograms,
  sampledHistogram,
  weightHistograms,
} from '../core/explaining/layer-histograms.ts';
import type { Graph } from '../core/network/graph.ts';
import { sizeOf } from '../core/network/shape.ts';
import type { Recipe } from '../core/training/recipe.ts';
import type { Trainer } from '../engine/engine.ts';
import { OutOfMemoryError } from '../engine/out-of-memory-error.ts';
import { batchGradients } from './batch-gradients.ts';
import type { WorkerContext } from './context.ts';

/** Networks of more weights are left alone: reading them would hold training up. */
const MOST_WEIGHTS = 2_000_000;
/** The most activations of a layer that are read. */
const MOST_VALUES = 1_000_000;

/** What is trained, and how. */
interface Training {
  readonly graph: Graph;
  readonly recipe: Recipe;
}

/** The histograms of one run, taken at the ends of epochs. They are kept in memory for as long as the worker has the run. */
export class RunHistograms {
  readonly #training: Training;
  readonly #context: Pick<WorkerContext, 'engine' | 'now'>;
  readonly #epochs: EpochHistograms[] = [];
  readonly #isSmall: boolean;
  #began = 0;
  /** Milliseconds. */
  #spent = 0;

  constructor(training: Training, context: Pick<WorkerContext, 'engine' | 'now'>) {
    this.#training = training;
    this.#context = context;
    const sizes = training.graph.nodes.flatMap(({ weights }) => weights.map(({ shape }) => sizeOf(shape)));
    this.#isSmall = sizes.reduce((sum, size) => sum + size, 0) <= MOST_WEIGHTS;
  }

  /** What was taken so far, in the order of the epochs; null where the network is too large for it. */
  get epochs(): readonly EpochHistograms[] | null {
    return this.#isSmall ? [...this.#epochs] : null;
  }

  /** The run takes its first step now. */
  begin(): void {
    this.#began = this.#context.now();
  }

  /** Takes the histograms at the end of an epoch, unless that would take too much of the time. No step may be taken meanwhile. */
  async take(trainer: Trainer, epoch: number): Promise<void> {
    const { now } = this.#context;
    const start = now();
    const { share, seconds } = HISTOGRAM_TIME;
    if (!this.#isSmall || this.#spent > 1000 * seconds + share * (start - this.#began)) return;
    const { graph } = this.#training;
    const values = await trainer.readWeights();
    const weights = weightHistograms(graph, values);
    const gradients = await this.#gradients(values);
    const layers: LayerHistograms[] = [];
    for (const [position, { spec, name }] of graph.nodes.entries()) {
      const own = {
        weights: weights[position] ?? null,
        gradients: gradients[position] ?? null,
        activations: await this.#activations(trainer, position),
      };
      if (own.weights !== null || own.activations !== null) layers.push({ id: spec.id, name, ...own });
    }
    this.#epochs.push({ epoch, layers });
    this.#spent += now() - start;
  }

  /** By the position of each layer; none where the device has no room for a second network. */
  async #gradients(weights: readonly Float32Array<ArrayBuffer>[]): Promise<readonly (Histogram | null)[]> {
    const { engine } = this.#context;
    const gradients = await batchGradients(engine, this.#training, weights).catch(() => null);
    return gradients === null ? [] : weightHistograms(this.#training.graph, gradients);
  }

  /** Null where there is none, or no room to take it. */
  async #activations(trainer: Trainer, position: number): Promise<Histogram | null> {
    const layer = visibleLayers(this.#training.graph).find((visible) => visible.position === position);
    if (layer === undefined || sizeOf(layer.shape) * HISTOGRAM_SAMPLES > MOST_VALUES) return null;
    const samples = this.#context.engine.samples(
      'train',
      Uint32Array.from({ length: HISTOGRAM_SAMPLES }, (_, i) => i),
    );
    try {
      return sampledHistogram(await trainer.activations(samples, position));
    } catch (error) {
      if (error instanceof OutOfMemoryError) return null;
      throw error;
    }
  }
}
