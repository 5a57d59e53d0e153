import { expect, test } from 'vitest';
import type { Evaluation } from '../../../../src/core/evaluation/evaluation.ts';
import { SHIPPED_FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/shipped.ts';
import { milestoneText } from '../../../../src/features/training/milestone-text.ts';
import { draftOf } from '../../../../src/state/draft.ts';
import { newRun } from '../../../../src/state/run.ts';

const [ciutacu] = SHIPPED_FASHION_MNIST.presets;
const draft = draftOf(ciutacu, ciutacu.recipe.seed);

function finished(accuracy: number, from = draft) {
  const test: Evaluation = {
    set: 'test',
    loss: 0.3,
    accuracy,
    indices: new Uint32Array(),
    labels: new Uint8Array(),
    probabilities: new Float32Array(),
    classes: 10,
  };
  return { ...newRun(1, from, 'CNN'), phase: 'finished' as const, test };
}

test('a finished run is set beside people and beside the report of its preset', () => {
  expect(milestoneText(finished(0.903))).toBe(
    '90.3\u202f%: better than people at 83.5\u202f%, the report had 90.69\u202f%',
  );
  expect(milestoneText(finished(0.8))).toMatch(/^80.0\u202f%: not yet as good as people at 83.5/);
});

test('an edited preset is not set beside the report, and a run without a test result beside nothing', () => {
  const edited = { ...draft, recipe: { ...draft.recipe, epochs: 3 } };
  expect(milestoneText(finished(0.903, edited))).toBe('90.3\u202f%: better than people at 83.5\u202f%');
  expect(milestoneText({ ...finished(0.9), test: null })).toBeNull();
});
