import type { Graph } from '../../core/network/graph.ts';
import type { Recipe } from '../../core/training/recipe.ts';
import type { Allocations } from '../allocations.ts';
import { drawnStep } from './drawn-step.ts';
import type { Extent } from './fold.ts';
import type { Gpu } from './gpu.ts';
import { LOG_EXTENT } from './metrics-log.ts';
import { placeTextures } from './place-textures.ts';
import { orderTexture, sampleTextures } from './sample-texture.ts';
import type { PlannedTexture } from './texture.ts';
import { classWeightsExtent } from './training-feed.ts';
import { pairExtent, pairsOf, type WeightPair } from './weight-pairs.ts';

/** The textures that a `WebglExecutor` makes, without making them; null where the kernels cannot do this training. */
export function plannedTextures(
  graph: Graph,
  recipe: Recipe,
  gpu: Pick<Gpu, 'maxTargets' | 'maxSize'>,
): Allocations<PlannedTexture> | null {
  const drawn = drawnStep(graph, recipe, gpu);
  const stored = sampleTextures(graph.dataset, recipe.trainingImages, gpu.maxSize);
  if (typeof drawn === 'string' || stored === null) return null;
  const { step, draws } = drawn;
  const slots = new Set(step.slots.flat());
  const isSlot = ({ kernel, bias }: WeightPair) =>
    [kernel, bias].some((buffer) => buffer !== null && slots.has(buffer));
  const pairs = pairsOf(step.operations, step);
  const { extents, constants } = placeTextures(draws);
  const classWeights = recipe.classWeights === 'none' ? [] : [classWeightsExtent(graph.dataset)];
  return {
    weights: pairs.filter((pair) => !isSlot(pair)).flatMap(bothSides),
    optimizer: pairs.filter(isSlot).flatMap(bothSides),
    batch: extents.map(floats),
    samples: [stored.values, stored.labels, orderTexture(recipe.trainingImages), ...classWeights.map(floats)],
    rest: [LOG_EXTENT, ...constants.map(({ extent }) => extent)].map(floats),
  };
}

/** What a step reads, and what it writes for the next. */
function bothSides(pair: WeightPair): readonly PlannedTexture[] {
  const texture = floats(pairExtent(pair));
  return [texture, texture];
}

function floats(extent: Extent): PlannedTexture {
  return { extent, format: 'rgba32f' };
}
