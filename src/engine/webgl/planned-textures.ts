import type { Graph } from '../../core/network/graph.ts';
import type { Recipe } from '../../core/training/recipe.ts';
import type { Allocations } from '../allocations.ts';
import { EVALUATION_BATCH } from '../evaluation-samples.ts';
import { recordAnswer, weightBuffers } from '../step/record-step.ts';
import { drawnStep } from './drawn-step.ts';
import { drawsOf } from './draws-of.ts';
import type { Extent } from './fold.ts';
import type { Gpu } from './gpu.ts';
import { LOG_EXTENT } from './metrics-log.ts';
import { placeTextures } from './place-textures.ts';
import { orderTexture, sampleTextures } from './sample-texture.ts';
import type { PlannedTexture } from './texture.ts';
import { classWeightsExtent } from './training-feed.ts';
import { pairExtent, pairsOf, type WeightPair } from './weight-pairs.ts';

/** What the kernels can draw. */
type Limits = Pick<Gpu, 'maxTargets' | 'maxSize'>;

/** The textures that a `WebglExecutor` makes, without making them; null where the kernels cannot do this training. */
export function plannedTextures(graph: Graph, recipe: Recipe, gpu: Limits): Allocations<PlannedTexture> | null {
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

/** The textures that a network of which there are draws is judged with, beside those of its training. */
export function judgingTextures(graph: Graph, gpu: Limits): readonly PlannedTexture[] {
  const { dataset } = graph;
  const stored = sampleTextures(dataset, dataset.splits.test, gpu.maxSize);
  if (stored === null) return [];
  const asked = { batch: EVALUATION_BATCH, position: graph.nodes.length - 1 };
  const { operations, output } = recordAnswer(graph, weightBuffers(graph), asked);
  const drawn = drawsOf(operations, { gpu, dataset, stored: stored.layout }, output);
  if (typeof drawn === 'string') return [];
  const { extents, constants } = placeTextures(drawn.draws, drawn.output?.place);
  const values = [...extents, ...constants.map(({ extent }) => extent)].map(floats);
  return [stored.values, stored.labels, orderTexture(dataset.splits.test), ...values];
}

/** What a step reads, and what it writes for the next. */
function bothSides(pair: WeightPair): readonly PlannedTexture[] {
  const texture = floats(pairExtent(pair));
  return [texture, texture];
}

function floats(extent: Extent): PlannedTexture {
  return { extent, format: 'rgba32f' };
}
