import type { Graph } from '../core/network/graph.ts';
import type { PlannedMemory } from '../core/training/planned-memory.ts';
import type { Recipe } from '../core/training/recipe.ts';
import { blocksOf, memoryOf } from './allocations.ts';
import type { Device } from './device.ts';
import { loaded } from './not-loaded-error.ts';
import { recordStep, unrecordedReason } from './step/record-step.ts';
import { wasmBackend } from './wasm/tensors.ts';
import { hasRoomFor as webglHasRoomFor } from './webgl/has-room-for.ts';
import { judgingTextures, plannedTextures } from './webgl/planned-textures.ts';
import { type PlannedTexture, textureBytes } from './webgl/texture.ts';

/** Where it trains. */
type Where = Pick<Device, 'report' | 'gpu' | 'webgpu'>;

/** The memory of a training, before any of it is allocated. */
export interface PlannedTraining {
  readonly memory: PlannedMemory;
  /**
   * Whether the device has room for it as it is now, and for judging the network beside it where that is planned, too: tried out, because
   * no device says how much it has.
   */
  hasRoom(): Promise<boolean>;
}

const PLANS = { webgl: planOnWebgl, wasm: planOnWasm, webgpu: planOnWebgpu, cpu: () => null };

/** The plan of a training on a device; null where it is not carried out from one: by tfjs' tape. */
export async function plannedTraining(graph: Graph, recipe: Recipe, where: Where): Promise<PlannedTraining | null> {
  return unrecordedReason(graph) === null ? PLANS[where.report.backend](graph, recipe, where) : null;
}

/**
 * The largest power of two, below the recipe's batch, with which a training has room on a device. Null where not even a single
 * sample has; undefined where no batch is planned.
 */
export async function fittingBatch(graph: Graph, recipe: Recipe, where: Where): Promise<number | null | undefined> {
  let isPlanned = recipe.batchSize === 1;
  for (let batchSize = powerBelow(recipe.batchSize); batchSize >= 1; batchSize /= 2) {
    const planned = await plannedTraining(graph, { ...recipe, batchSize }, where);
    if (await planned?.hasRoom()) return batchSize;
    isPlanned ||= planned !== null;
  }
  return isPlanned ? null : undefined;
}

/** The largest power of two below a whole number; 0 below 1. */
function powerBelow(count: number): number {
  return count > 1 ? 2 ** (Math.ceil(Math.log2(count)) - 1) : 0;
}

function planOnWebgl(graph: Graph, recipe: Recipe, { gpu }: Where): PlannedTraining | null {
  const textures = gpu && plannedTextures(graph, recipe, gpu);
  if (gpu === null || textures === null) return null;
  const all = () => [...blocksOf(textures), ...judgingTextures(graph, gpu)];
  const bytesOf = (texture: PlannedTexture) => textureBytes(texture, gpu.maxSize);
  return { memory: memoryOf(textures, bytesOf), hasRoom: async () => webglHasRoomFor(gpu, all()) };
}

async function planOnWasm(graph: Graph, recipe: Recipe): Promise<PlannedTraining | null> {
  const [{ judgingBlocks, plannedBlocks }, { blockBytes, hasRoomFor }] = await Promise.all([
    loaded(import('./wasm/step/planned-blocks.ts')),
    loaded(import('./wasm/heap.ts')),
  ]);
  const { processor } = wasmBackend();
  const blocks = await plannedBlocks(processor, recordStep(graph, recipe));
  if (blocks === null) return null;
  const all = () => [...blocksOf(blocks), ...judgingBlocks(processor, graph)];
  return { memory: memoryOf(blocks, blockBytes), hasRoom: async () => hasRoomFor(processor.heap, all()) };
}

async function planOnWebgpu(graph: Graph, recipe: Recipe, { webgpu = null }: Where): Promise<PlannedTraining | null> {
  if (webgpu === null) return null;
  const { plannedBuffers } = await loaded(import('./webgpu/planned-buffers.ts'));
  const { trainingImages: samples } = recipe;
  const buffers = plannedBuffers(webgpu, recordStep(graph, recipe), { dataset: graph.dataset, samples });
  if (buffers === null) return null;
  return { memory: memoryOf(buffers, (bytes) => bytes), hasRoom: () => webgpu.hasRoomFor(blocksOf(buffers)) };
}
