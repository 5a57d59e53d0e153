import { tensor, tidy } from '@tensorflow/tfjs-core';
import { at } from '../core/at.ts';
import type { Evaluation, EvaluationSet, StepMetrics } from '../core/evaluation/evaluation.ts';
import type { Graph } from '../core/network/graph.ts';
import type { Course } from '../core/training/checkpoint.ts';
import type { Adjustment } from '../core/training/live-settings.ts';
import type { Recipe } from '../core/training/recipe.ts';
import { checkFit, type Snapshot } from '../core/training/snapshot.ts';
import { RunClassWeights } from './class-weights.ts';
import type { EvaluationControl, Trainer } from './engine.ts';
import { chooseSamples } from './evaluation-samples.ts';
import { lengthOf } from './step/buffer.ts';
import type { Step } from './step/step.ts';
import type { StepExecutor } from './step-executor.ts';
import { activationsOf, evaluate, probabilitiesOf } from './tape/evaluate.ts';
import { Model } from './tape/model.ts';
import type { Materials } from './tape/trainer.ts';
import { NetworkWeights } from './tape/weights.ts';
import { sampleWeights, trainedLabels } from './trained-batch.ts';
import { TrainingSchedule } from './training-schedule.ts';

/** A step and what carries it out. */
interface RecordedStep {
  readonly step: Step;
  readonly executor: StepExecutor;
}

/**
 * A network in training whose step an executor carries out. Questions go through tfjs, which gets a copy of the weights when it is
 * first asked after a step. Owns the executor.
 */
export class RecordedTrainer implements Trainer {
  readonly #materials: Materials;
  readonly #recipe: Recipe;
  readonly #schedule: TrainingSchedule;
  readonly #recorded: Step;
  readonly #executor: StepExecutor;
  readonly #model: Model;
  readonly #classWeights: RunClassWeights;
  #step = 0;
  /** Whether tfjs has other weights than the executor. */
  #changed = false;

  constructor(graph: Graph, recipe: Recipe, materials: Materials, { step, executor }: RecordedStep) {
    this.#materials = materials;
    this.#recipe = recipe;
    this.#schedule = new TrainingSchedule(recipe, materials.trainingSet.stepsPerEpoch(recipe.batchSize));
    this.#recorded = step;
    this.#executor = executor;
    this.#model = new Model(graph, new NetworkWeights(graph, recipe.seed));
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
    const { device } = this.#materials;
    const { all } = this.#model.weights;
    const values = await Promise.all(all.map(({ variable }) => device.read(variable)));
    for (const [i, buffer] of this.#recorded.weights.entries()) this.#executor.write(buffer, at(values, i));
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
      indices,
      labels: trainedLabels(trainingSet, indices),
      weights: classWeights && sampleWeights(trainingSet, indices, classWeights),
    };
    await this.#executor.run(call, batch, signal);
    this.#step += 1;
    this.#changed = true;
  }

  readMetrics(): Promise<StepMetrics> {
    return this.#executor.readMetrics();
  }

  async evaluate(set: EvaluationSet, control: EvaluationControl): Promise<Evaluation> {
    const { device, store, sources, trainingSet } = this.#materials;
    const { validateOn } = this.#recipe;
    const { split, ...chosen } = await chooseSamples(set, { store, trainingSet, validateOn }, control.signal);
    const model = await this.#current();
    return evaluate(model, device, { ...chosen, source: sources[split], loss: this.#recipe }, control);
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

  async snapshot(): Promise<Snapshot> {
    const slots = await Promise.all(this.#recorded.slots.map((slot) => this.#executor.read(slot)));
    return { step: this.#step, weights: await this.readWeights(), slots };
  }

  async restore({ step, weights, slots }: Snapshot): Promise<void> {
    const buffers = [...this.#recorded.weights, ...this.#recorded.slots.flat()];
    const values = [...weights, ...slots.flat()];
    checkFit(values, buffers.map(lengthOf));
    for (const [i, buffer] of buffers.entries()) this.#executor.write(buffer, at(values, i));
    await this.#executor.restart(step);
    this.#step = step;
    this.#changed = true;
  }

  async predict(samples: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
    return probabilitiesOf(await this.#current(), this.#materials.device, samples);
  }

  features(samples: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
    return this.activations(samples, this.#model.hidden.position);
  }

  async activations(samples: Uint8Array, position: number): Promise<Float32Array<ArrayBuffer>> {
    return activationsOf(await this.#current(), this.#materials.device, samples, position);
  }

  dispose(): void {
    this.#executor.dispose();
    this.#model.weights.dispose();
    this.#materials.device.trim();
  }

  /** The network with its weights as they are now. */
  async #current(): Promise<Model> {
    if (!this.#changed) return this.#model;
    this.#changed = false;
    const values = await this.readWeights();
    for (const [i, { variable }] of this.#model.weights.all.entries()) {
      tidy(() => variable.assign(tensor(at(values, i), variable.shape)));
    }
    return this.#model;
  }
}
