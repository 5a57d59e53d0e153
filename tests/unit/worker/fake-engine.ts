import type { DatasetSpec } from '../../../src/core/dataset/spec.ts';
import type { Evaluation, EvaluationSet } from '../../../src/core/evaluation/evaluation.ts';
import type { LabelledNeighbours } from '../../../src/core/explaining/nearest.ts';
import type { Graph } from '../../../src/core/network/graph.ts';
import { sizeOf } from '../../../src/core/network/shape.ts';
import type { BackendReport } from '../../../src/core/training/backend.ts';
import type { Course } from '../../../src/core/training/checkpoint.ts';
import { type Adjustment, settingsOf } from '../../../src/core/training/live-settings.ts';
import type { PlannedMemory } from '../../../src/core/training/planned-memory.ts';
import type { Recipe } from '../../../src/core/training/recipe.ts';
import { RECIPE_RANGES } from '../../../src/core/training/recipe-fields.ts';
import type { Snapshot } from '../../../src/core/training/snapshot.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import type {
  Engine,
  EvaluationControl,
  FeatureIndex,
  Predictor,
  StreamListener,
  Trainer,
} from '../../../src/engine/engine.ts';
import { settled } from '../support/turns.ts';

/** An engine without arithmetic: its losses are known, and it counts what is asked of it. */
export class FakeEngine implements Engine {
  readonly trainers: FakeTrainer[] = [];
  /** Trainers that only work out gradients for histograms: those of a learning rate that no recipe may have. */
  readonly gradientTrainers: FakeTrainer[] = [];
  readonly report: BackendReport = { backend: 'cpu', device: null, fallback: 'There is no GPU here.' };
  /** The step whose loss is not a number; null for none. */
  brokenStep: number | null = null;
  failCreation: Error | null = null;
  /** Why the weights of trainers cannot be read; null where they can. */
  unreadable: Error | null = null;
  /** Until this resolves a snapshot is being made, and hears of no abort; null where none takes long. */
  snapshotsWait: Promise<void> | null = null;
  /** Validation losses by epoch, from the first on; 2 where there is none. */
  validationLosses: readonly number[] = [];
  listener: StreamListener | null = null;
  retries = 0;
  predictors = 0;
  /** First numbers of the last weights of predictors that are gone. */
  readonly disposed: number[] = [];

  async open(): Promise<BackendReport> {
    return this.report;
  }

  /** What the manifest says of the data set. */
  spec: DatasetSpec = FASHION_MNIST;
  /** How often a data set was closed. */
  closings = 0;

  closeDataset(): void {
    this.closings++;
  }

  openDataset(_baseUrl: string, listener: StreamListener): void {
    this.listener = listener;
    listener.onSpec(this.spec);
    const labels = new Uint8Array(1000);
    const preview = new Uint8Array(784);
    listener.onShard({ split: 'train', first: 0, labels, preview, shardsArrived: 1, shardsTotal: 70 });
  }

  /** A byte for each sample of a batch. */
  async plannedMemory(_graph: Graph, { batchSize }: Recipe): Promise<PlannedMemory | null> {
    return { weights: 0, optimizer: 0, batch: batchSize, samples: 0, rest: 0 };
  }

  /** The batch that there is room for while there is no trainer; undefined where that is not planned. */
  fitting: number | null | undefined = undefined;

  async fittingBatch(): Promise<number | null | undefined> {
    return this.trainers.every(({ disposed }) => disposed) ? this.fitting : null;
  }

  retryData(): void {
    this.retries++;
  }

  samples(_split: 'train' | 'test', indices: Uint32Array): Uint8Array<ArrayBuffer> {
    return new Uint8Array(indices.length * 784).fill(7);
  }

  /** Finds image 7, a bag, once a few turns of the event loop are over. */
  async nearest(pixels: Uint8Array, k: number, signal: AbortSignal): Promise<LabelledNeighbours> {
    for (let turn = 0; turn < 5; turn++) {
      await settled();
      signal.throwIfAborted();
    }
    const found = (pixels.length / 784) * k;
    const indices = new Uint32Array(found).fill(7);
    return { searched: 1000, indices, distances: new Float32Array(found), labels: new Uint8Array(found).fill(8) };
  }

  /** Every index that was made, the newest last. */
  readonly indexes: FakeIndex[] = [];

  /** Why no index can be made; null where it can. */
  failIndex: Error | null = null;

  createIndex(_graph: Graph, network: Predictor): FakeIndex {
    if (this.failIndex) throw this.failIndex;
    const index = new FakeIndex(network);
    this.indexes.push(index);
    return index;
  }

  /** Answers with the first number of its last weight, ten times an image. */
  async createPredictor(graph: Graph, weights: readonly Float32Array[]): Promise<Predictor> {
    this.predictors++;
    const answer = weights.at(-1)?.[0] ?? Number.NaN;
    return {
      predict: async (pixels) => new Float32Array((pixels.length / 784) * 10).fill(answer),
      features: async (pixels) => new Float32Array(pixels.length / 784).fill(answer),
      activations: async (pixels, position) => activationsOf(graph, position, pixels),
      dispose: () => void this.disposed.push(answer),
    };
  }

  async createTrainer(graph: Graph, recipe: Recipe): Promise<Trainer> {
    for (let turn = 0; turn < 5; turn++) await settled();
    if (this.failCreation) throw this.failCreation;
    const trainer = new FakeTrainer(graph, recipe, this);
    const isOfRun = recipe.learningRate <= RECIPE_RANGES.learningRate.max;
    (isOfRun ? this.trainers : this.gradientTrainers).push(trainer);
    return trainer;
  }

  memory() {
    return { tensors: 3, bytes: 12 };
  }
}

/** An index of 5 images, one a turn of the event loop, that finds the image whose place is what the network says. */
export class FakeIndex implements FeatureIndex {
  /** Images that are through the network. */
  done = 0;
  readonly #network: Predictor;

  constructor(network: Predictor) {
    this.#network = network;
  }

  async nearest(pixels: Uint8Array, k: number, control: EvaluationControl): Promise<LabelledNeighbours> {
    const [place = 0] = await this.#network.features(pixels);
    for (; ; this.done++) {
      control.signal.throwIfAborted();
      control.onProgress(this.done, 5);
      if (this.done === 5) break;
      await settled();
    }
    const indices = new Uint32Array(k).fill(place);
    return { searched: 5, indices, distances: new Float32Array(k), labels: new Uint8Array(k).fill(8) };
  }
}

/** A trainer of 10 steps an epoch; the loss of step s is 1 / (s + 1). */
export class FakeTrainer implements Trainer {
  readonly recipe: Recipe;
  readonly stepsPerEpoch = 10;
  step = 0;
  disposed = false;
  /** What was asked, in order. */
  readonly log: string[] = [];
  /** Evaluations that take this many turns of the event loop, so that a test can interrupt them. */
  evaluationTurns = 2;
  readonly #graph: Graph;
  readonly #engine: FakeEngine;
  #read = 0;
  #course: Course;

  constructor(graph: Graph, recipe: Recipe, engine: FakeEngine) {
    this.#graph = graph;
    this.recipe = recipe;
    this.#course = { settings: settingsOf(recipe), lengths: [recipe.epochs] };
    this.#engine = engine;
  }

  async trainStep(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.log.push(`step ${this.step}`);
    this.step++;
  }

  async readMetrics() {
    const firstStep = this.#read;
    const steps = Array.from({ length: this.step - firstStep }, (_, i) => firstStep + i);
    this.#read = this.step;
    const losses = Float32Array.from(steps, (s) => (s === this.#engine.brokenStep ? Number.NaN : 1 / (s + 1)));
    return { firstStep, losses, accuracies: Float32Array.from(steps, () => 0.5) };
  }

  async evaluate(set: EvaluationSet, control: EvaluationControl): Promise<Evaluation> {
    this.log.push(`evaluate ${set}`);
    for (let turn = 0; turn < this.evaluationTurns; turn++) {
      await settled();
      control.signal.throwIfAborted();
      control.onProgress(turn + 1, this.evaluationTurns);
    }
    this.log.push(`evaluated ${set}`);
    const probabilities = new Float32Array(10).fill(0.1);
    const epoch = this.step / this.stepsPerEpoch;
    const loss = (set === 'validation' ? this.#engine.validationLosses[epoch - 1] : undefined) ?? 2;
    return {
      set,
      loss,
      accuracy: 0.25,
      indices: new Uint32Array(1),
      labels: new Uint8Array(1),
      probabilities,
      classes: 10,
    };
  }

  get course(): Course {
    return this.#course;
  }

  follow(course: Course) {
    this.log.push(`follow ${course.lengths.join()}`);
    this.#course = course;
  }

  async adjust(values: Adjustment) {
    this.#course = { ...this.#course, settings: { ...this.#course.settings, ...values } };
    this.log.push(`adjust ${JSON.stringify(values)}`);
  }

  extend(epochs: number) {
    this.log.push(`extend ${epochs}`);
    this.#course = { ...this.#course, lengths: [...this.#course.lengths, epochs] };
  }

  async snapshot(signal?: AbortSignal) {
    this.log.push(`snapshot ${this.step}`);
    if (this.#engine.snapshotsWait !== null) {
      await this.#engine.snapshotsWait;
      signal?.throwIfAborted();
    }
    return { step: this.step, weights: await this.readWeights(), slots: [[Float32Array.of(-this.step)]] };
  }

  async restore({ step, weights }: Snapshot) {
    this.log.push(`restore ${weights[0]?.[0]}`);
    this.step = step;
    this.#read = step;
  }

  /** One weight of one number: the step. */
  async readWeights() {
    if (this.#engine.unreadable !== null) throw this.#engine.unreadable;
    return [Float32Array.of(this.step)];
  }

  async predict(pixels: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
    this.log.push(`predict ${pixels.length / 784}`);
    return new Float32Array((pixels.length / 784) * 10).fill(0.1);
  }

  async features(pixels: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
    return new Float32Array(pixels.length / 784).fill(this.step);
  }

  async activations(pixels: Uint8Array, position: number): Promise<Float32Array<ArrayBuffer>> {
    this.log.push(`activations ${position}`);
    return activationsOf(this.#graph, position, pixels);
  }

  dispose(): void {
    this.disposed = true;
  }
}

/** Every value is the position of the layer. */
function activationsOf({ nodes }: Graph, position: number, pixels: Uint8Array): Float32Array<ArrayBuffer> {
  return new Float32Array((pixels.length / 784) * sizeOf(nodes[position]?.output ?? [])).fill(position);
}
