import type { Fix, Issue } from '../issue.ts';
import { type InferredShapes, inferShapes, type LayerInference } from '../shape-inference.ts';
import { fixed, removeFix } from './fixes.ts';
import { otherSource } from './joining.ts';

const REASONS = {
  missing: 'the one that it names is no longer there',
  later: 'the one that it names comes after it',
  itself: 'it names itself',
} as const;

/** A layer whose second input does not exist before it. */
export function referenceIssue(trace: InferredShapes, index: number, reason: keyof typeof REASONS): Issue {
  const step = trace.steps[index];
  if (step === undefined) throw new RangeError(`There is no layer at position ${index}.`);
  const { name, spec } = step;
  const fixes = [
    ...otherSource(trace, index),
    ...(reason === 'later' ? moveBelow(trace, step) : []),
    removeFix(name, spec.id),
  ];
  return {
    severity: 'error',
    code: 'reference',
    layerId: spec.id,
    message: `${name} takes the output of an earlier layer, and ${REASONS[reason]}. Choose another one, or remove ${name}.`,
    fixes,
  };
}

/** Moves the layer below the one that it names, unless its reference would still be invalid there. */
function moveBelow({ network, dataset, steps }: InferredShapes, { spec }: LayerInference): readonly Fix[] {
  const to = steps.findIndex((step) => 'from' in spec && step.spec.id === spec.from);
  const fix: Fix = { label: `Move below ${steps[to]?.name}`, edits: [{ type: 'move', id: spec.id, to }] };
  const moved = inferShapes(fixed(network, fix), dataset).steps.find((step) => step.spec.id === spec.id);
  return moved?.fault?.kind === 'reference' ? [] : [fix];
}
