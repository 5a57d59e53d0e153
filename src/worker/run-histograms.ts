import { visibleLayers } from '../core/explaining/inspection.ts';
import {
  type EpochHistograms,
  type LayerHistograms,
  sampledHistogram,
  type WeightsAtStep,
  weightHistograms,
} from '../core/explaining/layer-histograms.ts';
import type { Graph } from '../core/network/graph.ts';
import { sizeOf } from '../core/network/shape.ts';
import type { Trainer } from '../engine/engine.ts';
import type { WorkerContext } from './context.ts';

/** Networks of more weights are left alone: reading them would hold training up. */
const MOST_WEIGHTS = 2_000_000;
/** The share of the time of a run that its histograms may take; epochs are left out to keep to it. */
const MOST_TIME = 0.03;
/** Training samples whose activations are looked at, from the first on, and the most values that they may have in a layer. */
const SAMPLES = 32;
const MOST_VALUES = 1_000_000;

/** The histograms of one run, taken at the ends of epochs. They are kept in memory for as long as the worker has the run. */
export class RunHistograms {
  readonly #graph: Graph;
  readonly #context: Pick<WorkerContext, 'engine' | 'now'>;
  readonly #epochs: EpochHistograms[] = [];
  readonly #isSmall: boolean;
  #before: WeightsAtStep | null = null;
  #began = 0;
  /** Milliseconds. */
  #spent = 0;

  constructor(graph: Graph, context: Pick<WorkerContext, 'engine' | 'now'>) {
    this.#graph = graph;
    this.#context = context;
    const sizes = graph.nodes.flatMap(({ weights }) => weights.map(({ shape }) => sizeOf(shape)));
    this.#isSmall = sizes.reduce((sum, size) => sum + size, 0) <= MOST_WEIGHTS;
  }

  /** What was taken so far, in the order of the epochs; null where the network is too large for it. */
  get epochs(): readonly EpochHistograms[] | null {
    return this.#isSmall ? [...this.#epochs] : null;
  }

  /** Notes the weights that the run begins with. No step may be taken meanwhile. */
  async begin(trainer: Trainer): Promise<void> {
    this.#began = this.#context.now();
    if (this.#isSmall) this.#before = await weightsOf(trainer);
  }

  /** Takes the histograms at the end of an epoch, unless that would take too much of the time. No step may be taken meanwhile. */
  async take(trainer: Trainer, epoch: number): Promise<void> {
    const { now } = this.#context;
    const start = now();
    if (this.#before === null || this.#spent > MOST_TIME * (start - this.#began)) return;
    const weights = await weightsOf(trainer);
    const spread = weightHistograms(this.#graph, weights, this.#before);
    const layers: LayerHistograms[] = [];
    for (const [position, { spec, name }] of this.#graph.nodes.entries()) {
      const activations = await this.#activations(trainer, position);
      const { weights: values = null, changes = null } = spread[position] ?? {};
      if (values !== null || activations !== null)
        layers.push({ id: spec.id, name, weights: values, changes, activations });
    }
    this.#before = weights;
    this.#epochs.push({ epoch, layers });
    this.#spent += now() - start;
  }

  async #activations(trainer: Trainer, position: number) {
    const layer = visibleLayers(this.#graph).find((visible) => visible.position === position);
    if (layer === undefined || sizeOf(layer.shape) * SAMPLES > MOST_VALUES) return null;
    const samples = this.#context.engine.samples(
      'train',
      Uint32Array.from({ length: SAMPLES }, (_, i) => i),
    );
    return sampledHistogram(await trainer.activations(samples, position));
  }
}

async function weightsOf(trainer: Trainer): Promise<WeightsAtStep> {
  return { step: trainer.step, values: await trainer.readWeights() };
}
