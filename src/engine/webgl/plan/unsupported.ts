import { inputShapeOf, sampleBytesOf } from '../../../core/dataset/spec.ts';
import type { Graph } from '../../../core/network/graph.ts';
import { areMatrices } from '../../../core/training/optimizers/muon.ts';
import type { Recipe } from '../../../core/training/recipe.ts';
import { EVALUATION_BATCH } from '../../tape/evaluate.ts';
import type { Gpu } from '../gpu.ts';
import { extentOf, layoutOf } from '../layout.ts';
import { sampleLayout } from '../sample-texture.ts';
import { plannedLayersOf } from './planned-layers.ts';

/** Taps are unrolled in the shader: more than this make it too long. */
const MOST_TAPS = 11;
/** The least number of samplers that a shader has, less one for the batch or for the value that is read. */
const MOST_PENALTIES = 15;
const MOST_READERS = 15;

type Limits = Pick<Gpu, 'maxSize'>;

/** Why the kernels cannot do this training, as a clause; null if they can. The tape does the others. */
export function unsupportedReason(graph: Graph, recipe: Recipe, gpu: Limits): string | null {
  if (recipe.optimizer.kind === 'muon' && areMatrices(graph).some(Boolean)) return 'matrices that Muon moves';
  if (recipe.weightAveraging > 0) return 'averaged weights';
  const { test } = graph.dataset.splits;
  const fits = (samples: number) => sampleLayout(sampleBytesOf(graph.dataset), samples, gpu.maxSize) !== null;
  if (!fits(recipe.trainingImages) || !fits(test)) return 'more samples than a texture holds';
  return unsupportedLayers(graph, gpu, recipe.batchSize);
}

/** Why the kernels cannot compute what this network gives for batches of samples, as a clause; null if they can. */
export function unsupportedLayers(graph: Graph, gpu: Limits, batchSize = EVALUATION_BATCH): string | null {
  const planned = plannedLayersOf(graph);
  if (typeof planned === 'string') return planned;
  const { nodes, dataset } = graph;
  if (dataset.samples.storage === 'float32') return 'samples that are no bytes';
  if (nodes.at(-1)?.output[0] === 1) return 'a single output';
  return tooLarge(graph, gpu, Math.max(batchSize, EVALUATION_BATCH)) ?? tooMany(graph);
}

/** What is larger than a texture, as a clause. */
function tooLarge({ nodes, dataset }: Graph, { maxSize }: Limits, batch: number): string | null {
  const shapes = [inputShapeOf(dataset), ...nodes.map(({ output }) => output)];
  const layouts = shapes.map((shape) => layoutOf(batch, shape));
  if (layouts.some((layout) => extentOf(layout).height > maxSize)) return 'a batch taller than a texture';
  // Rows of numbers are as wide as the kernels that take them are tall.
  const images = layouts.filter(({ height, width }) => height * width > 1);
  if (images.some((layout) => extentOf(layout).width > maxSize)) return 'an image wider than a texture';
  const rows = nodes.flatMap(({ weights }) => weights.map(({ shape }) => shape.slice(0, -1)));
  if (rows.some((shape) => shape.reduce((product, extent) => product * (extent + 3), 1) > maxSize)) {
    return 'a kernel taller than a texture';
  }
  return null;
}

/** What is more than a shader takes, as a clause. */
function tooMany({ nodes }: Graph): string | null {
  const sizes = nodes.map(({ spec }) => (spec.kind === 'conv2d' ? spec.kernelSize : 0));
  if (Math.max(...sizes) > MOST_TAPS) return 'a kernel with very many taps';
  const penalties = nodes.filter(({ weights }) => weights.some(({ l1, l2 }) => l1 > 0 || l2 > 0));
  if (penalties.length > MOST_PENALTIES) return 'very many penalties';
  const read = nodes.flatMap(({ inputs }) => inputs);
  const crowded = nodes.some((_, position) => read.filter((input) => input === position).length > MOST_READERS);
  return crowded ? 'an output that very many layers read' : null;
}
