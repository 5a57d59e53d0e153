import { at } from '../../../core/at.ts';
import type { Evaluation, EvaluationSet, StepMetrics } from '../../../core/evaluation/evaluation.ts';
import type { Graph } from '../../../core/network/graph.ts';
import type { Course } from '../../../core/training/checkpoint.ts';
import type { Adjustment } from '../../../core/training/live-settings.ts';
import type { Recipe } from '../../../core/training/recipe.ts';
import { checkFit, type Snapshot } from '../../../core/training/snapshot.ts';
import { storedValues } from '../../../dataset/values.ts';
import { RunClassWeights } from '../../class-weights.ts';
import type { EvaluationControl, Trainer } from '../../engine.ts';
import { chooseSamples } from '../../evaluation-samples.ts';
import { recordStep } from '../../step/record-step.ts';
import type { Step } from '../../step/step.ts';
import { activationsOf, evaluate, probabilitiesOf } from '../../tape/evaluate.ts';
import { Model } from '../../tape/model.ts';
import type { Materials } from '../../tape/trainer.ts';
import { NetworkWeights } from '../../tape/weights.ts';
import { sampleWeights, trainedLabels } from '../../trained-batch.ts';
import { TrainingSchedule } from '../../training-schedule.ts';
import { addressOf, wasmBackend } from '../tensors.ts';
import type { BatchValues } from './call.ts';
import { StepExecutor } from './executor.ts';
import { Metrics } from './metrics.ts';
import { recordsRightly } from './self-test.ts';

/**
 * A trainer on the wasm backend, which must be the current one; null where recorded steps do not work. The graph must be without
 * `unrecordedReason`.
 */
export function newStepTrainer(graph: Graph, recipe: Recipe, materials: Materials): StepTrainer | null {
  return recordsRightly(wasmBackend().processor) ? new StepTrainer(graph, recipe, materials) : null;
}

/**
 * A network in training whose step is a recorded list of kernel calls. Its weights are tensors, which the recorded step changes
 * in place, so that questions go through tfjs as those to any other network.
 */
export class StepTrainer implements Trainer {
  readonly #materials: Materials;
  readonly #recipe: Recipe;
  readonly #schedule: TrainingSchedule;
  readonly #model: Model;
  readonly #classWeights: RunClassWeights;
  readonly #recorded: Step;
  readonly #metrics: Metrics;
  #executor: StepExecutor | null = null;
  #step = 0;

  constructor(graph: Graph, recipe: Recipe, materials: Materials) {
    this.#materials = materials;
    this.#recipe = recipe;
    this.#schedule = new TrainingSchedule(recipe, materials.trainingSet.stepsPerEpoch(recipe.batchSize));
    this.#recorded = recordStep(graph, recipe);
    this.#model = new Model(graph, new NetworkWeights(graph, recipe.seed));
    this.#classWeights = new RunClassWeights(recipe, materials);
    this.#metrics = new Metrics(recipe.batchSize);
  }

  get stepsPerEpoch(): number {
    return this.#schedule.stepsPerEpoch;
  }

  get step(): number {
    return this.#step;
  }

  /** Allocates all that a step needs. Throws an OutOfMemoryError where there is no room. */
  async warmUp(): Promise<void> {
    const weights = this.#model.weights.all.map(({ variable }) => addressOf(variable));
    this.#executor = new StepExecutor(wasmBackend().processor, this.#recorded, weights);
  }

  async trainStep(signal: AbortSignal): Promise<void> {
    const { trainingSet } = this.#materials;
    const { epoch, step } = this.#schedule.placeOf(this.#step);
    const indices = await trainingSet.batch(epoch, step, this.#recipe.batchSize, signal);
    const classWeights = await this.#classWeights.read(signal);
    const { dropout, weightDecay } = this.#schedule.settings;
    this.#ready.run({
      step: this.#step,
      seed: this.#recipe.seed,
      learningRate: this.#schedule.learningRateAt(this.#step),
      weightDecay,
      dropout,
      variation: this.#schedule.variationAt(this.#step),
      batch: this.#batchAt(indices, classWeights),
    });
    this.#step += 1;
    const metrics = this.#ready.valuesOf(this.#recorded.metrics);
    this.#metrics.add(at(metrics, 0), at(metrics, 1));
  }

  async readMetrics(): Promise<StepMetrics> {
    return this.#metrics.read();
  }

  async evaluate(set: EvaluationSet, control: EvaluationControl): Promise<Evaluation> {
    const { device, store, sources, trainingSet } = this.#materials;
    const { validateOn } = this.#recipe;
    const { split, ...chosen } = await chooseSamples(set, { store, trainingSet, validateOn }, control.signal);
    return evaluate(this.#model, device, { ...chosen, source: sources[split], loss: this.#recipe }, control);
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

  async readWeights(): Promise<readonly Float32Array<ArrayBuffer>[]> {
    return this.#recorded.weights.map((weight) => Float32Array.from(this.#ready.valuesOf(weight)));
  }

  async snapshot(): Promise<Snapshot> {
    const slots = this.#recorded.slots.map((slot) =>
      slot.map((buffer) => Float32Array.from(this.#ready.valuesOf(buffer))),
    );
    return { step: this.#step, weights: await this.readWeights(), slots };
  }

  async restore({ step, weights, slots }: Snapshot): Promise<void> {
    const places = [...this.#recorded.weights, ...this.#recorded.slots.flat()].map((buffer) =>
      this.#ready.valuesOf(buffer),
    );
    const values = [...weights, ...slots.flat()];
    checkFit(
      values,
      places.map(({ length }) => length),
    );
    for (const [i, place] of places.entries()) place.set(at(values, i));
    this.#metrics.restart(step);
    this.#step = step;
  }

  predict(samples: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
    return probabilitiesOf(this.#model, this.#materials.device, samples);
  }

  features(samples: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
    return this.activations(samples, this.#model.hidden.position);
  }

  activations(samples: Uint8Array, position: number): Promise<Float32Array<ArrayBuffer>> {
    return activationsOf(this.#model, this.#materials.device, samples, position);
  }

  dispose(): void {
    this.#executor?.dispose();
    this.#model.weights.dispose();
    this.#materials.device.trim();
  }

  get #ready(): StepExecutor {
    if (this.#executor === null) throw new Error('The trainer has not been warmed up.');
    return this.#executor;
  }

  #batchAt(indices: Uint32Array, classWeights: readonly number[] | null): BatchValues {
    const { store, trainingSet } = this.#materials;
    const { values, labels } = store.gather('train', indices);
    return {
      values: storedValues(store.spec, values),
      scale: store.spec.samples.scale,
      positions: indices,
      labels: this.#recipe.labelNoise === 0 ? labels : trainedLabels(trainingSet, indices),
      weights: classWeights && sampleWeights(trainingSet, indices, classWeights),
    };
  }
}
