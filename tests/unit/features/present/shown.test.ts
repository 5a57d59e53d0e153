import { expect, test } from 'vitest';
import { overfittingDemo } from '../../../../src/datasets/fashion-mnist/presets/own.ts';
import { headOf, type Shown } from '../../../../src/features/present/shown.ts';
import { draftOf, withRecipe } from '../../../../src/state/draft.ts';
import { newRun } from '../../../../src/state/run.ts';

const DRAFT = draftOf(overfittingDemo, 42);

function shown(number: number, draft = DRAFT): Shown {
  return { name: `Run ${number}`, run: newRun(number, draft, `Run ${number}`), epochs: 5 };
}

test('the demo says that its layers are the same, and other runs what sets them apart', () => {
  const demo = 'The same layers. What differs stands above each.';
  expect(headOf([shown(1), shown(2)], 'demo').words).toBe(demo);
  const coming: Shown = { name: 'Dropout', run: undefined, epochs: 5 };
  expect(headOf([{ ...coming }, coming], '').words).toBe(demo);
  const slower = withRecipe(DRAFT, { learningRate: 1e-4, batchSize: 64, epochs: 9, labelNoise: 0.1 }, 'slower');
  expect(headOf([shown(1), shown(3, withRecipe(DRAFT, { epochs: 9 }, 'longer'))], '').words).toBe(
    'Run 3 beside run 1: epochs 30 → 9',
  );
  expect(headOf([shown(1), shown(2, slower)], '').words).toMatch(/^Run 2 beside run 1: lr .* · .* · .* and 1 more$/);
  expect(headOf([shown(1), shown(2)], '').words).toBe('Run 2 beside run 1: the same again');
});

test('a run alone is not asked to be compared', () => {
  expect(headOf([shown(1)], '')).toEqual({
    title: 'Does it fit?',
    words: 'The demo trains two networks, side by side.',
  });
});
