import { classCountOf } from '../../../core/dataset/spec.ts';
import type { Evaluation, EvaluationSet, StepMetrics } from '../../../core/evaluation/evaluation.ts';
import type { Graph } from '../../../core/network/graph.ts';
import type { Course } from '../../../core/training/checkpoint.ts';
import type { Adjustment } from '../../../core/training/live-settings.ts';
import type { Recipe } from '../../../core/training/recipe.ts';
import { checkFit, type Snapshot } from '../../../core/training/snapshot.ts';
import type { SampleStore } from '../../../dataset/store.ts';
import type { TrainingSet } from '../../../dataset/training-set.ts';
import { RunClassWeights } from '../../class-weights.ts';
import type { Device } from '../../device.ts';
import type { EvaluationControl, Trainer } from '../../engine.ts';
import { chooseSamples } from '../../evaluation-samples.ts';
import { judge, softmaxRows } from '../../scores.ts';
import { EVALUATION_BATCH } from '../../tape/evaluate.ts';
import { TrainingSchedule } from '../../training-schedule.ts';
import { yieldToMessages } from '../../yield.ts';
import type { Gpu } from '../gpu.ts';
import { OrderTexture, SampleTexture } from '../sample-texture.ts';
import type { Texture } from '../texture.ts';
import { Answers } from './answers.ts';
import { answering, type StepCall } from './draw.ts';
import { LayerAnswers } from './layer-answers.ts';
import { MetricsLog } from './metrics-log.ts';
import { Parameters, type Parity } from './parameters.ts';
import { Plan } from './plan.ts';
import { type PlannedLayer, plannedLayersOf } from './planned-layers.ts';
import { StepQueue } from './step-queue.ts';

/** What a planned trainer uses and does not own. */
export interface PlanMaterials {
  readonly gpu: Gpu;
  readonly device: Pick<Device, 'throwIfLost' | 'trim'>;
  readonly store: SampleStore;
  readonly trainingSet: TrainingSet;
}

/** A network in training whose step is a recorded list of draws. */
export class PlannedTrainer implements Trainer {
  readonly #materials: PlanMaterials;
  readonly #recipe: Recipe;
  readonly #schedule: TrainingSchedule;
  readonly #planned: readonly PlannedLayer[];
  readonly #parameters: Parameters;
  readonly #sampleTexture: SampleTexture;
  readonly #order: OrderTexture;
  readonly #classWeights: RunClassWeights;
  /** A texel with the weight of each class; null where all count the same. */
  readonly #weightTexture: Texture | null;
  #weightsWritten = false;
  readonly #plan: Plan;
  readonly #log: MetricsLog;
  readonly #queue: StepQueue;
  readonly #answers: Answers;
  readonly #layers: LayerAnswers;
  readonly #throwIfLost: () => void;
  readonly #classes: number;
  /** The epoch whose order is on the device, how many places of it, and how many samples are there. */
  #uploaded = { epoch: -1, places: 0, samples: 0 };
  #step = 0;

  /** The graph and the recipe must be without `unsupportedReason`. */
  constructor(graph: Graph, recipe: Recipe, materials: PlanMaterials) {
    const { gpu, trainingSet } = materials;
    const throwIfLost = () => materials.device.throwIfLost();
    const layers = plannedLayersOf(graph);
    if (typeof layers === 'string') throw new RangeError(`The kernels cannot carry out ${layers}.`);
    this.#materials = materials;
    this.#throwIfLost = throwIfLost;
    this.#recipe = recipe;
    this.#classes = classCountOf(graph.dataset);
    this.#schedule = new TrainingSchedule(recipe, trainingSet.stepsPerEpoch(recipe.batchSize));
    this.#planned = layers;
    this.#parameters = new Parameters(gpu, graph, recipe.optimizer, recipe.seed);
    this.#sampleTexture = new SampleTexture(gpu, graph.dataset, recipe.trainingImages);
    this.#order = new OrderTexture(gpu, trainingSet.trainCount);
    this.#classWeights = new RunClassWeights(recipe, materials);
    const weightExtent = { width: this.#classes, height: 1, layers: 1 };
    this.#weightTexture = recipe.classWeights === 'none' ? null : gpu.texture(weightExtent);
    this.#plan = new Plan(gpu, {
      layers,
      parameters: this.#parameters,
      optimizer: recipe.optimizer,
      batch: recipe.batchSize,
      training: true,
      loss: recipe,
      classWeights: this.#weightTexture,
      clipNorm: recipe.clipNorm,
      samples: this.#sampleTexture,
      order: this.#order,
    });
    this.#log = new MetricsLog(gpu, this.#plan.metrics, throwIfLost);
    this.#queue = new StepQueue(gpu, throwIfLost);
    const options = { parameters: this.#parameters, optimizer: recipe.optimizer };
    this.#answers = new Answers(gpu, { ...options, layers, dataset: graph.dataset }, throwIfLost);
    this.#layers = new LayerAnswers(gpu, graph, options, throwIfLost);
  }

  get stepsPerEpoch(): number {
    return this.#schedule.stepsPerEpoch;
  }

  get step(): number {
    return this.#step;
  }

  /** Compiles all that a step needs, side by side where the browser can, by taking one on blank samples and undoing it. */
  async warmUp(): Promise<void> {
    const { gpu } = this.#materials;
    await gpu.whenCompiled(this.#throwIfLost);
    for (const parity of [0, 1] as const) this.#plan.run(parity, this.#call([0, 1]));
    await gpu.settled(gpu.fence(), this.#throwIfLost);
    this.#parameters.reset();
  }

  async trainStep(signal: AbortSignal): Promise<void> {
    const { trainingSet } = this.#materials;
    const { batchSize } = this.#recipe;
    const { epoch, step } = this.#schedule.placeOf(this.#step);
    const first = step * batchSize;
    await this.#bring(epoch, first + batchSize, signal);
    await this.#bringWeights(signal);
    await this.#queue.next();
    this.#throwIfLost();
    this.#plan.run(this.#parity, this.#call([first % trainingSet.trainCount, trainingSet.trainCount]));
    this.#step += 1;
    this.#queue.mark();
    await this.#log.add();
  }

  async readMetrics(): Promise<StepMetrics> {
    return this.#log.read();
  }

  async evaluate(set: EvaluationSet, control: EvaluationControl): Promise<Evaluation> {
    const { gpu, store, trainingSet } = this.#materials;
    const { validateOn } = this.#recipe;
    const { split, indices, labels } = await chooseSamples(set, { store, trainingSet, validateOn }, control.signal);
    this.#throwIfLost();
    const texture = split === 'train' ? this.#sampleTexture : new SampleTexture(gpu, store.spec, store.total('test'));
    try {
      if (split === 'train') this.#bringSamples();
      else texture.write(0, store.values('test'), store.labels('test'));
      const logits = await this.#logits(texture, indices, control);
      const classes = this.#classes;
      const probabilities = softmaxRows(logits, classes);
      return { set, indices, labels, classes, ...judge(logits, labels, classes, this.#recipe), probabilities };
    } finally {
      if (texture !== this.#sampleTexture) texture.dispose();
    }
  }

  async adjust(values: Adjustment): Promise<void> {
    this.#schedule.adjust(values);
  }

  extend(epochs: number): void {
    this.#schedule.extend(epochs);
  }

  get course(): Course {
    return this.#schedule.course;
  }

  follow(course: Course): void {
    this.#schedule.follow(course);
  }

  async snapshot(): Promise<Snapshot> {
    const weights = await this.readWeights();
    return { step: this.#step, weights, slots: this.#parameters.readSlots(this.#parity) };
  }

  async restore({ step, weights, slots }: Snapshot): Promise<void> {
    checkFit([...weights, ...slots.flat()], this.#parameters.sizes);
    this.#throwIfLost();
    this.#parameters.writeAll(weights, slots);
    await this.#log.restart(step);
    this.#step = step;
  }

  async readWeights(): Promise<readonly Float32Array<ArrayBuffer>[]> {
    this.#throwIfLost();
    return this.#parameters.readAll(this.#parity);
  }

  async predict(samples: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
    this.#throwIfLost();
    return softmaxRows(await this.#answers.ask(samples, this.#parity), this.#classes);
  }

  async features(samples: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
    this.#throwIfLost();
    return this.#layers.features(samples, this.#parity);
  }

  async activations(samples: Uint8Array, position: number): Promise<Float32Array<ArrayBuffer>> {
    this.#throwIfLost();
    return this.#layers.ask(samples, position, this.#parity);
  }

  dispose(): void {
    const answers = [this.#answers, this.#layers];
    for (const owned of [...answers, this.#plan, this.#queue, this.#parameters, this.#order, this.#sampleTexture]) {
      owned.dispose();
    }
    if (this.#weightTexture !== null) this.#materials.gpu.free(this.#weightTexture);
    this.#materials.device.trim();
  }

  /** The values that the next step passes to the plan. */
  #call(place: readonly [number, number]): StepCall {
    const { dropout, weightDecay } = this.#schedule.settings;
    const learningRate = this.#schedule.learningRateAt(this.#step);
    const variation = this.#schedule.variationAt(this.#step);
    return { place, step: this.#step, seed: this.#recipe.seed, learningRate, weightDecay, dropout, variation };
  }

  /** Which of each pair of textures holds the weights. */
  get #parity(): Parity {
    return this.#step % 2 === 0 ? 0 : 1;
  }

  /** Uploads the first `count` places of an epoch's order and their samples, if they are not on the device. */
  async #bring(epoch: number, count: number, signal: AbortSignal): Promise<void> {
    const { trainingSet } = this.#materials;
    const needed = Math.min(count, trainingSet.trainCount);
    const { epoch: known, places } = this.#uploaded;
    if (known !== epoch || places < needed) {
      const order = await trainingSet.order(epoch, needed, signal);
      this.#order.write(order);
      this.#uploaded = { ...this.#uploaded, epoch, places: order.length };
      this.#bringSamples();
    }
  }

  /** Uploads the class weights, once. */
  async #bringWeights(signal: AbortSignal): Promise<void> {
    if (this.#weightTexture === null || this.#weightsWritten) return;
    const weights = (await this.#classWeights.read(signal)) ?? [];
    this.#materials.gpu.write(this.#weightTexture, Float32Array.from(weights.flatMap((weight) => [weight, 0, 0, 0])));
    this.#weightsWritten = true;
  }

  /** Uploads the training samples that have arrived since the last time. */
  #bringSamples(): void {
    const { store, trainingSet } = this.#materials;
    const from = this.#sampleTexture.rowStart(this.#uploaded.samples);
    const to = Math.min(store.arrived('train'), this.#recipe.trainingImages);
    if (to <= this.#uploaded.samples) return;
    const values = store.values('train').subarray(from * store.sampleBytes, to * store.sampleBytes);
    this.#sampleTexture.write(from, values, trainingSet.labels().subarray(from, to));
    this.#uploaded = { ...this.#uploaded, samples: to };
  }

  /** Logits [n, classes] of samples of a texture, batch by batch; messages are handled in between. */
  async #logits(
    texture: SampleTexture,
    indices: Uint32Array,
    control: EvaluationControl,
  ): Promise<Float32Array<ArrayBuffer>> {
    const { gpu } = this.#materials;
    const logits = new Float32Array(indices.length * this.#classes);
    const order = new OrderTexture(gpu, Math.max(indices.length, 1));
    order.write(indices);
    const options = {
      optimizer: this.#recipe.optimizer,
      batch: EVALUATION_BATCH,
      training: false,
      samples: texture,
      order,
    };
    const plan = gpu.allOrNothing(
      () => new Plan(gpu, { ...options, layers: this.#planned, parameters: this.#parameters }),
    );
    try {
      await gpu.whenCompiled(this.#throwIfLost);
      for (let start = 0; start < indices.length; start += EVALUATION_BATCH) {
        control.signal.throwIfAborted();
        plan.run(this.#parity, answering(start, indices.length));
        const count = Math.min(EVALUATION_BATCH, indices.length - start);
        logits.set(await plan.readOutput(count, this.#throwIfLost), start * this.#classes);
        control.onProgress(start + count, indices.length);
        await yieldToMessages();
      }
      return logits;
    } finally {
      plan.dispose();
      order.dispose();
    }
  }
}
