import { type DatasetSpec, isSameDataset, type Split } from '../core/dataset/spec.ts';
import { lastHidden } from '../core/explaining/hidden-layer.ts';
import type { LabelledNeighbours } from '../core/explaining/nearest.ts';
import type { Graph } from '../core/network/graph.ts';
import type { Backend, BackendChoice, BackendReport, MemoryReport } from '../core/training/backend.ts';
import type { PlannedMemory } from '../core/training/planned-memory.ts';
import type { Recipe } from '../core/training/recipe.ts';
import { TrainingSet, type TrainingSetOptions } from '../dataset/training-set.ts';
import { abortable } from './abortable.ts';
import { RunClassWeights } from './class-weights.ts';
import { DataFeed } from './data-feed.ts';
import { type Device, openDevice } from './device.ts';
import type { Engine, FeatureIndex, Predictor, StreamListener, Trainer } from './engine.ts';
import { NetworkIndex } from './feature-index.ts';
import { loaded } from './not-loaded-error.ts';
import { outOfMemory } from './out-of-memory-error.ts';
import { fittingBatch, plannedTraining } from './planned-training.ts';
import { RecordedTrainer } from './recorded-trainer.ts';
import { recordStep, unrecordedReason } from './step/record-step.ts';
import type { Step } from './step/step.ts';
import type { StepExecutor } from './step-executor.ts';
import { type BatchSource, createBatchSource } from './tape/ops/batch-source.ts';
import { NetworkPredictor } from './tape/predictor.ts';
import { TapeAnswers } from './tape/tape-answers.ts';
import { type Materials, NetworkTrainer } from './tape/trainer.ts';
import { drawnStep, unsupportedNetwork } from './webgl/drawn-step.ts';
import { WebglExecutor } from './webgl/executor.ts';
import { WebglAnswers } from './webgl/webgl-answers.ts';
import { WebglPredictor } from './webgl/webgl-predictor.ts';

/** The engine of this worker or page. tfjs' state is global, so make one. */
export function createEngine(): Engine {
  return new TensorEngine();
}

class TensorEngine implements Engine {
  #data: DataFeed | null = null;
  #opening: Promise<Device> | null = null;
  #device: Device | null = null;
  #sources: Readonly<Record<Split, BatchSource>> | null = null;

  async open(choice: BackendChoice): Promise<BackendReport> {
    this.#closeSources();
    this.#opening = openDevice(choice);
    this.#device = await this.#opening;
    return this.#device.report;
  }

  openDataset(baseUrl: string, listener: StreamListener): void {
    this.closeDataset();
    this.#data = new DataFeed(baseUrl, listener);
  }

  closeDataset(): void {
    this.#closeSources();
    this.#data?.close();
    this.#data = null;
  }

  retryData(): void {
    this.#data?.retry();
  }

  samples(split: Split, indices: Uint32Array): Uint8Array<ArrayBuffer> {
    return this.#dataset().samples(split, indices);
  }

  async nearest(samples: Uint8Array, k: number, signal: AbortSignal): Promise<LabelledNeighbours> {
    return this.#dataset().nearest(samples, k, signal);
  }

  async createTrainer(graph: Graph, recipe: Recipe, signal?: AbortSignal): Promise<Trainer> {
    const data = this.#dataset();
    const device = await this.#opening;
    if (device === null) throw new Error('The engine must be opened before it can train.');
    const { store, blocks } = await abortable(data.described, signal);
    checkDataset(graph, store.spec);
    const trainingSet = new TrainingSet(store, blocks, trainingSetOf(recipe));
    this.#sources ??= { train: createBatchSource(store, 'train'), test: createBatchSource(store, 'test') };
    const materials = { device, store, sources: this.#sources, trainingSet };
    try {
      return await warmTrainer(graph, recipe, materials);
    } catch (error) {
      throw outOfMemory(error) ?? error;
    }
  }

  async createPredictor(graph: Graph, weights: readonly Float32Array[]): Promise<Predictor> {
    const device = await this.#opening;
    if (device === null) throw new Error('The engine must be opened before it can answer.');
    const { gpu } = device;
    if (gpu === null || unsupportedNetwork(graph, gpu) !== null) return new NetworkPredictor(graph, weights, device);
    return new WebglPredictor(graph, weights, gpu, device);
  }

  createIndex(graph: Graph, network: Predictor): FeatureIndex {
    const data = this.#dataset();
    return new NetworkIndex(network, lastHidden(graph).width, () => data.arrived());
  }

  async plannedMemory(graph: Graph, recipe: Recipe): Promise<PlannedMemory | null> {
    const device = await this.#opening;
    return (device && (await plannedTraining(graph, recipe, device))?.memory) ?? null;
  }

  async fittingBatch(graph: Graph, recipe: Recipe): Promise<number | null | undefined> {
    const device = await this.#opening;
    device?.trim();
    return device === null ? undefined : fittingBatch(graph, recipe, device);
  }

  memory(): MemoryReport {
    return this.#device?.memory() ?? { tensors: 0, bytes: 0 };
  }

  /** The data set that is open; an Error where there is none. */
  #dataset(): DataFeed {
    if (this.#data === null) throw new Error('A data set must be opened first.');
    return this.#data;
  }

  /** What they hold belongs to the device or to the data set before. */
  #closeSources(): void {
    this.#sources?.train.dispose();
    this.#sources?.test.dispose();
    this.#sources = null;
  }
}

/** The networks of one data set cannot be trained on another. */
function checkDataset({ dataset }: Graph, open: DatasetSpec): void {
  if (!isSameDataset(dataset, open))
    throw new RangeError(`The network is made for ${dataset.title}, and ${open.title} is open.`);
}

/** The recipe's choice of samples. Where the test set validates, nothing is set aside. */
function trainingSetOf({ trainingImages, validateOn, validationSplit, labelNoise, seed }: Recipe): TrainingSetOptions {
  const validationFraction = validateOn === 'test' ? 0 : validationSplit;
  return { samples: trainingImages, validationFraction, labelNoise, seed };
}

/** A trainer that is ready for its first step. Where there is no room for it, nothing of it stays. */
async function warmTrainer(graph: Graph, recipe: Recipe, materials: Materials): Promise<Trainer> {
  const trainer = await newTrainer(graph, recipe, materials);
  try {
    await trainer.warmUp();
    materials.device.throwIfFull();
    return trainer;
  } catch (error) {
    trainer.dispose();
    throw error;
  }
}

/** How each backend records a step. */
const RECORDED: { readonly [Name in Backend]?: typeof recordedOnWasm } = {
  webgl: recordedOnWebgl,
  wasm: recordedOnWasm,
  webgpu: recordedOnWebgpu,
};

/** A trainer that is still to be warmed up. */
type NewTrainer = Trainer & { warmUp(): Promise<void> };

/** The trainer that is fastest here: a recorded step where it can carry the training out, and else tfjs' tape. */
async function newTrainer(graph: Graph, recipe: Recipe, materials: Materials): Promise<NewTrainer> {
  const recorded = RECORDED[materials.device.report.backend];
  return (await recorded?.(graph, recipe, materials)) ?? new NetworkTrainer(graph, recipe, materials);
}

/** A trainer whose step our WebGL kernels carry out; null where there are none, or not for this training. */
async function recordedOnWebgl(graph: Graph, recipe: Recipe, materials: Materials): Promise<NewTrainer | null> {
  const { device, store, trainingSet } = materials;
  const { gpu } = device;
  const drawn = gpu && drawnStep(graph, recipe, gpu);
  if (gpu === null || drawn === null || typeof drawn === 'string') return null;
  const { step, draws } = drawn;
  const throwIfLost = () => device.throwIfLost();
  const classWeights = recipe.classWeights === 'none' ? null : new RunClassWeights(recipe, materials);
  const feed = { gpu, store, trainingSet, samples: recipe.trainingImages, classWeights };
  const executor = new WebglExecutor(step, { ...feed, draws, throwIfLost });
  const network = { gpu, graph, buffers: step.weights, weights: () => executor.weights, throwIfLost };
  const answers = new WebglAnswers(network, { store, loss: recipe, feed: () => executor.feed });
  return new RecordedTrainer(graph, recipe, materials, { step, executor, answers });
}

/** A trainer whose step our WebAssembly kernels carry out; null where they cannot. */
async function recordedOnWasm(graph: Graph, recipe: Recipe, materials: Materials): Promise<NewTrainer | null> {
  if (unrecordedReason(graph) !== null) return null;
  const { wasmExecutor } = await loaded(import('./wasm/step/executor.ts'));
  const step = recordStep(graph, recipe);
  const carried = await wasmExecutor(step, { graph, loss: recipe, store: materials.store });
  return carried && new RecordedTrainer(graph, recipe, materials, { step, ...carried });
}

/** A trainer whose step our WebGPU kernels carry out; null where there are none, or not for this training. */
async function recordedOnWebgpu(graph: Graph, recipe: Recipe, materials: Materials): Promise<NewTrainer | null> {
  const { device, store } = materials;
  const { webgpu = null } = device;
  if (webgpu === null || unrecordedReason(graph) !== null) return null;
  const { dispatchesFor, WebgpuExecutor } = await loaded(import('./webgpu/executor.ts'));
  const step = recordStep(graph, recipe);
  const samples = recipe.trainingImages;
  const dispatches = await dispatchesFor(webgpu, step, { dataset: store.spec, samples });
  if (dispatches === null) return null;
  const executor = new WebgpuExecutor(webgpu, step, { dispatches, store, samples });
  const answers = answersByTape(graph, recipe, materials, { step, executor });
  return new RecordedTrainer(graph, recipe, materials, { step, executor, answers });
}

/** Answers through tfjs by the weights that an executor has. */
function answersByTape(
  graph: Graph,
  loss: Recipe,
  materials: Materials,
  { step, executor }: { readonly step: Step; readonly executor: StepExecutor },
): TapeAnswers {
  return new TapeAnswers({ graph, loss, readWeights: () => executor.read(step.weights) }, materials);
}
