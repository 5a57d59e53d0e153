import type { Graph } from '../../../core/network/graph.ts';
import type { Recipe } from '../../../core/training/recipe.ts';
import type { Gpu } from '../gpu.ts';
import { outlineOf } from './outline.ts';

/** Taps are unrolled in the shader: more than this make it too long. */
const MOST_TAPS = 11;
/** The least number of samplers that a shader has, less one for the batch or for the value that is read. */
const MOST_PENALTIES = 15;
const MOST_READERS = 15;

/** Why the kernels cannot do this training, as a clause; null if they can. The tape does the others. */
export function unsupportedReason(graph: Graph, recipe: Recipe, gpu: Gpu): string | null {
  const outline = outlineOf(graph);
  if (typeof outline === 'string') return outline;
  const tall = Math.max(28, ...graph.nodes.map(({ output }) => (output.length === 3 ? (output[0] ?? 0) : 1)));
  if (tall * Math.max(recipe.batchSize, 250) > gpu.maxSize) return 'a batch taller than a texture';
  const rows = graph.nodes.flatMap(({ weights }) => weights.map(({ shape }) => shape.slice(0, -1)));
  if (rows.some((shape) => shape.reduce((product, extent) => product * (extent + 3), 1) > gpu.maxSize)) {
    return 'a kernel taller than a texture';
  }
  const sizes = graph.nodes.map(({ spec }) => (spec.kind === 'conv2d' ? spec.kernelSize : 0));
  if (Math.max(...sizes) > MOST_TAPS) return 'a kernel with very many taps';
  const penalties = graph.nodes.filter(({ weights }) => weights.some(({ l1, l2 }) => l1 > 0 || l2 > 0));
  if (penalties.length > MOST_PENALTIES) return 'very many penalties';
  const read = graph.nodes.flatMap(({ inputs }) => inputs);
  const crowded = graph.nodes.some((_, position) => read.filter((input) => input === position).length > MOST_READERS);
  return crowded ? 'an output that very many layers read' : null;
}
