import { sampleSizeOf } from '../../core/dataset/spec.ts';
import type { Graph } from '../../core/network/graph.ts';
import type { Recipe } from '../../core/training/recipe.ts';
import { EVALUATION_BATCH } from '../evaluation-samples.ts';
import { recordAnswer, recordStep, unrecordedReason, weightBuffers } from '../step/record-step.ts';
import type { Step } from '../step/step.ts';
import type { Draw } from './draw.ts';
import { drawsOf } from './draws-of.ts';
import type { Gpu } from './gpu.ts';
import { sampleLayout } from './sample-texture.ts';

type Limits = Pick<Gpu, 'maxTargets' | 'maxSize'>;

/** A training step, and its draws. */
export interface DrawnStep {
  readonly step: Step;
  readonly draws: readonly Draw[];
}

/** A training step as draws; or why the kernels cannot do this training, as a clause. The tape does the others. */
export function drawnStep(graph: Graph, recipe: Recipe, gpu: Limits): DrawnStep | string {
  const reason = unrecordedReason(graph) ?? unsupportedNetwork(graph, gpu);
  if (reason !== null) return reason;
  const { dataset } = graph;
  const storedOf = (samples: number) => sampleLayout(sampleSizeOf(dataset), samples, gpu.maxSize);
  const stored = storedOf(recipe.trainingImages);
  if (stored === null || storedOf(dataset.splits.test) === null) return 'more samples than a texture holds';
  const step = recordStep(graph, recipe);
  const drawn = drawsOf(step.operations, { gpu, dataset, stored });
  return typeof drawn === 'string' ? drawn : { step, draws: drawn.draws };
}

/** Why the kernels cannot compute what this network gives for batches of samples, as a clause; null if they can. */
export function unsupportedNetwork(graph: Graph, gpu: Limits): string | null {
  const { dataset, nodes } = graph;
  const stored = sampleLayout(sampleSizeOf(dataset), EVALUATION_BATCH, gpu.maxSize);
  if (stored === null) return 'more samples than a texture holds';
  const asked = { batch: EVALUATION_BATCH, position: nodes.length - 1 };
  const { operations, output } = recordAnswer(graph, weightBuffers(graph), asked);
  const drawn = drawsOf(operations, { gpu, dataset, stored }, output);
  return typeof drawn === 'string' ? drawn : null;
}
