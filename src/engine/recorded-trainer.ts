import { at } from '../core/at.ts';
import type { Evaluation, EvaluationSet, StepMetrics } from '../core/evaluation/evaluation.ts';
import { lastHidden } from '../core/explaining/hidden-layer.ts';
import type { Graph } from '../core/network/graph.ts';
import type { Course } from '../core/training/checkpoint.ts';
import type { Adjustment } from '../core/training/live-settings.ts';
import type { Recipe } from '../core/training/recipe.ts';
import { checkFit, type Snapshot } from '../core/training/snapshot.ts';
import type { Answers } from './answers.ts';
import { RunClassWeights } from './class-weights.ts';
import type { EvaluationControl, Trainer } from './engine.ts';
import { chooseSamples } from './evaluation-samples.ts';
import { initialWeights } from './initial-weights.ts';
import { type Buffer, lengthOf } from './step/buffer.ts';
import type { Step } from './step/step.ts';
import type { StepExecutor } from './step-executor.ts';
import type { Materials } from './tape/trainer.ts';
import { sampleWeights, trainedLabels } from './trained-batch.ts';
import { TrainingSchedule } from './training-schedule.ts';

/** A step, what carries it out, and what answers questions to the network. */
interface RecordedStep {
  readonly step: Step;
  readonly executor: StepExecutor;
  readonly answers: Answers;
}

/** What a recorded trainer uses and does not own. */
type TrainerMaterials = Pick<Materials, 'device' | 'store' | 'trainingSet'>;

/** A network in training whose step an executor carries out. Owns the executor and the answers. */
export class RecordedTrainer implements Trainer {
  readonly #graph: Graph;
  readonly #materials: TrainerMaterials;
  readonly #recipe: Recipe;
  readonly #schedule: TrainingSchedule;
  readonly #recorded: Step;
  readonly #executor: StepExecutor;
  readonly #answers: Answers;
  readonly #classWeights: RunClassWeights;
  #step = 0;

  constructor(graph: Graph, recipe: Recipe, materials: TrainerMaterials, { step, executor, answers }: RecordedStep) {
    this.#graph = graph;
    this.#materials = materials;
    this.#recipe = recipe;
    this.#schedule = new TrainingSchedule(recipe, materials.trainingSet.stepsPerEpoch(recipe.batchSize));
    this.#recorded = step;
    this.#executor = executor;
    this.#answers = answers;
    this.#classWeights = new RunClassWeights(recipe, materials);
  }

  get stepsPerEpoch(): number {
    return this.#schedule.stepsPerEpoch;
  }

  get step(): number {
    return this.#step;
  }

  /** Prepares the executor, and gives it the initial weights. */
  async warmUp(): Promise<void> {
    await this.#executor.prepare();
    const values = initialWeights(this.#graph, this.#recipe.seed);
    this.#write(this.#recorded.weights, values);
    this.#write(this.#recorded.trained, values);
  }

  async trainStep(signal: AbortSignal): Promise<void> {
    const { trainingSet } = this.#materials;
    const { epoch, step } = this.#schedule.placeOf(this.#step);
    const indices = await trainingSet.batch(epoch, step, this.#recipe.batchSize, signal);
    const classWeights = await this.#classWeights.read(signal);
    const { dropout, weightDecay } = this.#schedule.settings;
    const call = {
      step: this.#step,
      seed: this.#recipe.seed,
      learningRate: this.#schedule.learningRateAt(this.#step),
      weightDecay,
      dropout,
      variation: this.#schedule.variationAt(this.#step),
    };
    const batch = {
      epoch,
      first: step * this.#recipe.batchSize,
      indices,
      labels: trainedLabels(trainingSet, indices),
      weights: classWeights && sampleWeights(trainingSet, indices, classWeights),
    };
    await this.#executor.run(call, batch, signal);
    this.#step += 1;
    this.#answers.outdate();
  }

  readMetrics(): Promise<StepMetrics> {
    return this.#executor.readMetrics();
  }

  async evaluate(set: EvaluationSet, control: EvaluationControl): Promise<Evaluation> {
    const { store, trainingSet } = this.#materials;
    const { validateOn } = this.#recipe;
    const chosen = await chooseSamples(set, { store, trainingSet, validateOn }, control.signal);
    return this.#answers.evaluate(chosen, control);
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

  readWeights(): Promise<readonly Float32Array<ArrayBuffer>[]> {
    return this.#executor.read(this.#recorded.weights);
  }

  async snapshot(signal?: AbortSignal): Promise<Snapshot> {
    const { weights, slots } = this.#recorded;
    const read: (readonly Float32Array<ArrayBuffer>[])[] = [];
    for (const slot of slots) read.push(await this.#executor.read(slot, signal));
    return { step: this.#step, weights: await this.#executor.read(weights, signal), slots: read };
  }

  async restore({ step, weights, slots }: Snapshot): Promise<void> {
    const buffers = [...this.#recorded.weights, ...this.#recorded.slots.flat()];
    const values = [...weights, ...slots.flat()];
    checkFit(values, buffers.map(lengthOf));
    this.#write(buffers, values);
    // Before the first step there is no average yet: what the weights are is what the steps begin with.
    if (step === 0) this.#write(this.#recorded.trained, weights);
    await this.#executor.restart(step);
    this.#step = step;
    this.#answers.outdate();
  }

  predict(samples: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
    return this.#answers.predict(samples);
  }

  features(samples: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
    return this.activations(samples, lastHidden(this.#graph).position);
  }

  activations(samples: Uint8Array, position: number): Promise<Float32Array<ArrayBuffer>> {
    return this.#answers.activations(samples, position);
  }

  dispose(): void {
    this.#answers.dispose();
    this.#executor.dispose();
    this.#materials.device.trim();
  }

  #write(buffers: readonly Buffer[], values: readonly Float32Array[]): void {
    for (const [i, buffer] of buffers.entries()) this.#executor.write(buffer, at(values, i));
  }
}
