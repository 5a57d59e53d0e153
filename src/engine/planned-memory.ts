import type { Graph } from '../core/network/graph.ts';
import type { Recipe } from '../core/training/recipe.ts';
import type { Device } from './device.ts';
import { loaded } from './not-loaded-error.ts';
import { recordStep, unrecordedReason } from './step/record-step.ts';
import { wasmBackend } from './wasm/tensors.ts';

/**
 * The bytes that a training takes on a device, known before anything is allocated. Null where it is not carried out from a
 * plan that says so: by tfjs' tape, or on WebGL.
 */
export async function plannedMemory(
  graph: Graph,
  recipe: Recipe,
  { report, webgpu = null }: Pick<Device, 'report' | 'webgpu'>,
): Promise<number | null> {
  if (unrecordedReason(graph) !== null) return null;
  if (report.backend === 'wasm') {
    const { plannedMemory: onWasm } = await loaded(import('./wasm/step/planned-memory.ts'));
    return onWasm(wasmBackend().processor, recordStep(graph, recipe));
  }
  if (report.backend !== 'webgpu' || webgpu === null) return null;
  const { plannedMemory: onWebgpu } = await loaded(import('./webgpu/planned-memory.ts'));
  return onWebgpu(webgpu, recordStep(graph, recipe), { dataset: graph.dataset, samples: recipe.trainingImages });
}
