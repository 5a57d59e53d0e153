import type { Graph } from '../core/network/graph.ts';
import type { PlannedMemory } from '../core/training/planned-memory.ts';
import type { Recipe } from '../core/training/recipe.ts';
import { memoryOf } from './allocations.ts';
import type { Device } from './device.ts';
import { loaded } from './not-loaded-error.ts';
import { recordStep, unrecordedReason } from './step/record-step.ts';
import { wasmBackend } from './wasm/tensors.ts';
import { plannedTextures } from './webgl/planned-textures.ts';
import { textureBytes } from './webgl/texture.ts';

/** Where it trains. */
type Where = Pick<Device, 'report' | 'gpu' | 'webgpu'>;

/**
 * The memory that a training takes on a device, known before anything is allocated. Null where it is not carried out from a
 * plan: by tfjs' tape.
 */
export async function plannedMemory(
  graph: Graph,
  recipe: Recipe,
  { report, gpu, webgpu = null }: Where,
): Promise<PlannedMemory | null> {
  if (unrecordedReason(graph) !== null) return null;
  switch (report.backend) {
    case 'webgl': {
      const textures = gpu && plannedTextures(graph, recipe, gpu);
      return textures && memoryOf(textures, (texture) => textureBytes(texture, gpu.maxSize));
    }
    case 'wasm': {
      const [{ plannedBlocks }, { blockBytes }] = await Promise.all([
        loaded(import('./wasm/step/planned-blocks.ts')),
        loaded(import('./wasm/heap.ts')),
      ]);
      const blocks = await plannedBlocks(wasmBackend().processor, recordStep(graph, recipe));
      return blocks && memoryOf(blocks, blockBytes);
    }
    case 'webgpu': {
      const { plannedBuffers } = await loaded(import('./webgpu/planned-buffers.ts'));
      const { trainingImages: samples } = recipe;
      const buffers = webgpu && plannedBuffers(webgpu, recordStep(graph, recipe), { dataset: graph.dataset, samples });
      return buffers && memoryOf(buffers, (bytes) => bytes);
    }
    case 'cpu':
      return null;
    default:
      return report.backend satisfies never;
  }
}
