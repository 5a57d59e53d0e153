import type { Issue } from '../issue.ts';
import type { InferredShapes } from '../shape-inference.ts';
import { doubleActivations, linearStacks, softmaxInside, vanishing } from './activation-warnings.ts';
import type { Rule } from './flow.ts';
import { noEffects } from './idle-warnings.ts';
import { bottlenecks, longSequences, manyPairs, sameTwice, skippedPixels, unflattened } from './shape-warnings.ts';
import { biasesBeforeNorm, droppedScores, equalStarts } from './training-warnings.ts';

const RULES: readonly Rule[] = [
  unflattened,
  linearStacks,
  softmaxInside,
  doubleActivations,
  vanishing,
  bottlenecks,
  longSequences,
  manyPairs,
  droppedScores,
  noEffects,
  equalStarts,
  biasesBeforeNorm,
  skippedPixels,
  sameTwice,
];

/**
 * What is valid and probably a mistake, in the order of the layers. A layer with an error gets no warning in addition.
 */
export function warnings({ network, dataset, nodes }: InferredShapes, errors: readonly Issue[]): readonly Issue[] {
  const place = new Map(network.layers.map(({ id }, index) => [id, index]));
  const faulty = new Set(errors.map((issue) => issue.layerId));
  const ranked = errors.some(({ code }) => code === 'rank');
  const order = (issue: Issue) => place.get(issue.layerId ?? '') ?? 0;
  return RULES.flatMap((rule) => rule({ network, dataset, nodes }))
    .filter((issue) => !faulty.has(issue.layerId) && !(ranked && issue.code === 'unflattened'))
    .sort((a, b) => order(a) - order(b));
}
