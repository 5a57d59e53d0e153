import { IMAGE_BYTES } from '../../../core/dataset/stream-events.ts';
import type { Evaluation, EvaluationSet, StepMetrics } from '../../../core/evaluation/evaluation.ts';
import type { Graph } from '../../../core/network/graph.ts';
import { CLASS_COUNT } from '../../../core/network/shape.ts';
import type { Adjustment } from '../../../core/training/live-settings.ts';
import type { Recipe } from '../../../core/training/recipe.ts';
import { checkFit, type Snapshot } from '../../../core/training/snapshot.ts';
import type { ImageStore } from '../../../dataset/store.ts';
import type { TrainingSet } from '../../../dataset/training-set.ts';
import type { Device } from '../../device.ts';
import type { EvaluationControl, Trainer } from '../../engine.ts';
import { chooseImages } from '../../evaluation-images.ts';
import { judge, softmaxRows } from '../../scores.ts';
import { EVALUATION_BATCH } from '../../tape/evaluate.ts';
import { TrainingSchedule } from '../../training-schedule.ts';
import { yieldToMessages } from '../../yield.ts';
import type { Gpu } from '../gpu.ts';
import { IMAGES_PER_ROW, ImageTexture, OrderTexture } from '../image-texture.ts';
import { Answers } from './answers.ts';
import { answering, type StepCall } from './draw.ts';
import { LayerAnswers } from './layer-answers.ts';
import { MetricsLog } from './metrics-log.ts';
import { type OutlineEntry, outlineOf } from './outline.ts';
import { Parameters, type Parity } from './parameters.ts';
import { Plan } from './plan.ts';
import { StepQueue } from './step-queue.ts';

/** What a planned trainer uses and does not own. */
export interface PlanMaterials {
  readonly gpu: Gpu;
  readonly device: Pick<Device, 'throwIfLost' | 'trim'>;
  readonly store: ImageStore;
  readonly images: TrainingSet;
}

/** A network in training whose step is a recorded list of draws. */
export class PlannedTrainer implements Trainer {
  readonly #materials: PlanMaterials;
  readonly #recipe: Recipe;
  readonly #schedule: TrainingSchedule;
  readonly #outline: readonly OutlineEntry[];
  readonly #parameters: Parameters;
  readonly #imageTexture: ImageTexture;
  readonly #order: OrderTexture;
  readonly #plan: Plan;
  readonly #log: MetricsLog;
  readonly #queue: StepQueue;
  readonly #answers: Answers;
  readonly #layers: LayerAnswers;
  readonly #throwIfLost: () => void;
  /** The epoch whose order is on the device, how many places of it, and how many images are there. */
  #uploaded = { epoch: -1, places: 0, images: 0 };
  #step = 0;

  /** The graph and the recipe must be without `unsupportedReason`. */
  constructor(graph: Graph, recipe: Recipe, materials: PlanMaterials) {
    const { gpu, images } = materials;
    const throwIfLost = () => materials.device.throwIfLost();
    const outline = outlineOf(graph);
    if (typeof outline === 'string') throw new RangeError(`The kernels cannot carry out ${outline}.`);
    this.#materials = materials;
    this.#throwIfLost = throwIfLost;
    this.#recipe = recipe;
    this.#schedule = new TrainingSchedule(recipe, images.stepsPerEpoch(recipe.batchSize));
    this.#outline = outline;
    this.#parameters = new Parameters(gpu, graph, recipe.optimizer, recipe.seed);
    this.#imageTexture = new ImageTexture(gpu, recipe.trainingImages);
    this.#order = new OrderTexture(gpu, images.trainCount);
    this.#plan = new Plan(gpu, {
      outline,
      parameters: this.#parameters,
      optimizer: recipe.optimizer,
      batch: recipe.batchSize,
      training: true,
      loss: recipe,
      clipNorm: recipe.clipNorm,
      images: this.#imageTexture,
      order: this.#order,
    });
    this.#log = new MetricsLog(gpu, this.#plan.metrics, throwIfLost);
    this.#queue = new StepQueue(gpu, throwIfLost);
    const options = { parameters: this.#parameters, optimizer: recipe.optimizer };
    this.#answers = new Answers(gpu, { ...options, outline }, throwIfLost);
    this.#layers = new LayerAnswers(gpu, graph, options, throwIfLost);
  }

  get stepsPerEpoch(): number {
    return this.#schedule.stepsPerEpoch;
  }

  get step(): number {
    return this.#step;
  }

  /** Compiles all that a step needs, side by side where the browser can, by taking one on blank images and undoing it. */
  async warmUp(): Promise<void> {
    const { gpu } = this.#materials;
    await gpu.whenCompiled(this.#throwIfLost);
    for (const parity of [0, 1] as const) this.#plan.run(parity, this.#call([0, 1]));
    await gpu.settled(gpu.fence(), this.#throwIfLost);
    this.#parameters.reset();
  }

  async trainStep(signal: AbortSignal): Promise<void> {
    const { images } = this.#materials;
    const { batchSize } = this.#recipe;
    const { epoch, step } = this.#schedule.placeOf(this.#step);
    const first = step * batchSize;
    await this.#bring(epoch, first + batchSize, signal);
    await this.#queue.next();
    this.#throwIfLost();
    this.#plan.run(this.#parity, this.#call([first % images.trainCount, images.trainCount]));
    this.#step += 1;
    this.#queue.mark();
    await this.#log.add();
  }

  async readMetrics(): Promise<StepMetrics> {
    return this.#log.read();
  }

  async evaluate(set: EvaluationSet, control: EvaluationControl): Promise<Evaluation> {
    const { gpu, store, images } = this.#materials;
    const { validateOn } = this.#recipe;
    const { split, indices, labels } = await chooseImages(set, { store, images, validateOn }, control.signal);
    this.#throwIfLost();
    const texture = split === 'train' ? this.#imageTexture : new ImageTexture(gpu, store.total('test'));
    try {
      if (split === 'train') this.#bringImages();
      else texture.write(0, store.pixels('test'), store.labels('test'));
      const logits = await this.#logits(texture, indices, control);
      return { set, indices, labels, ...judge(logits, labels, this.#recipe), probabilities: softmaxRows(logits) };
    } finally {
      if (texture !== this.#imageTexture) texture.dispose();
    }
  }

  async adjust(values: Adjustment): Promise<void> {
    this.#schedule.adjust(values);
  }

  extend(epochs: number): void {
    this.#schedule.extend(epochs);
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

  async predict(pixels: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
    this.#throwIfLost();
    const count = pixels.length / IMAGE_BYTES;
    return softmaxRows(await this.#answers.ask(pixels, count, this.#parity));
  }

  async features(pixels: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
    this.#throwIfLost();
    return this.#layers.features(pixels, this.#parity);
  }

  async activations(pixels: Uint8Array, position: number): Promise<Float32Array<ArrayBuffer>> {
    this.#throwIfLost();
    return this.#layers.ask(pixels, position, this.#parity);
  }

  dispose(): void {
    const answers = [this.#answers, this.#layers];
    for (const owned of [...answers, this.#plan, this.#queue, this.#parameters, this.#order, this.#imageTexture]) {
      owned.dispose();
    }
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

  /** Uploads the first `count` places of an epoch's order and their images, if they are not on the device. */
  async #bring(epoch: number, count: number, signal: AbortSignal): Promise<void> {
    const { images } = this.#materials;
    const needed = Math.min(count, images.trainCount);
    const { epoch: known, places } = this.#uploaded;
    if (known !== epoch || places < needed) {
      const order = await images.order(epoch, needed, signal);
      this.#order.write(order);
      this.#uploaded = { ...this.#uploaded, epoch, places: order.length };
      this.#bringImages();
    }
  }

  /** Uploads the training images that have arrived since the last time. */
  #bringImages(): void {
    const { store, images } = this.#materials;
    const from = Math.floor(this.#uploaded.images / IMAGES_PER_ROW) * IMAGES_PER_ROW;
    const to = Math.min(store.arrived('train'), this.#recipe.trainingImages);
    if (to <= this.#uploaded.images) return;
    const pixels = store.pixels('train').subarray(from * IMAGE_BYTES, to * IMAGE_BYTES);
    this.#imageTexture.write(from, pixels, images.labels().subarray(from, to));
    this.#uploaded = { ...this.#uploaded, images: to };
  }

  /** Logits [n, 10] of images of a texture, batch by batch; messages are handled in between. */
  async #logits(
    texture: ImageTexture,
    indices: Uint32Array,
    control: EvaluationControl,
  ): Promise<Float32Array<ArrayBuffer>> {
    const { gpu } = this.#materials;
    const logits = new Float32Array(indices.length * CLASS_COUNT);
    const order = new OrderTexture(gpu, Math.max(indices.length, 1));
    order.write(indices);
    const options = {
      optimizer: this.#recipe.optimizer,
      batch: EVALUATION_BATCH,
      training: false,
      images: texture,
      order,
    };
    const plan = new Plan(gpu, { ...options, outline: this.#outline, parameters: this.#parameters });
    try {
      await gpu.whenCompiled(this.#throwIfLost);
      for (let start = 0; start < indices.length; start += EVALUATION_BATCH) {
        control.signal.throwIfAborted();
        plan.run(this.#parity, answering(start, indices.length));
        const count = Math.min(EVALUATION_BATCH, indices.length - start);
        logits.set(await plan.readOutput(count, this.#throwIfLost), start * CLASS_COUNT);
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
