import { expect, test } from 'vitest';
import type { Rules } from '../../../src/core/classroom/rules.ts';
import { FIRST_DATASET, presetsFor } from '../../../src/datasets/catalogue.ts';
import { elvlandVgg } from '../../../src/datasets/fashion-mnist/presets/elvland.ts';
import { draftOf } from '../../../src/state/draft.ts';
import { createDraftStore } from '../../../src/state/draft-store.ts';
import { holdTo } from '../../../src/state/field-rules.ts';

const [first] = presetsFor(FIRST_DATASET.spec);
const start = draftOf(first, 42);
const rules: Rules = new Map([
  ['seed', { kind: 'locked' }],
  ['optimizer', { kind: 'hidden' }],
  ['epochs', { kind: 'limited', min: 2, max: 5 }],
]);

function heldStore() {
  const draft = createDraftStore(start);
  const free = holdTo(draft, { rules, start });
  return { draft, free, recipe: () => draft.store.getState().recipe };
}

test('whatever changes the draft, what is locked, hidden or limited keeps to the rules', () => {
  const { draft, recipe } = heldStore();
  const isHeld = () => {
    expect(recipe()).toMatchObject({ seed: 42, optimizer: start.recipe.optimizer });
    expect(recipe().epochs).toBeLessThanOrEqual(5);
  };
  expect(recipe().epochs).toBe(5);
  draft.setRecipe({ seed: 7 }, 'change seed');
  isHeld();
  draft.setOptimizer('sgd');
  isHeld();
  draft.choose(elvlandVgg);
  expect(draft.store.getState().network).toBe(elvlandVgg.network);
  isHeld();
  draft.undo();
  isHeld();
  draft.redo();
  isHeld();
  draft.replace({ ...start, recipe: { ...start.recipe, seed: 1, epochs: 99 } });
  isHeld();
  expect(recipe().epochs).toBe(5);
  draft.setRecipe({ epochs: 1 }, 'change epochs');
  expect(recipe().epochs).toBe(2);
});

test('what is free stays free, and all of it is once the assignment is left', () => {
  const { draft, free, recipe } = heldStore();
  draft.setRecipe({ batchSize: 7, epochs: 3 }, 'change both');
  expect(recipe()).toMatchObject({ batchSize: 7, epochs: 3 });
  free();
  draft.setRecipe({ seed: 7, epochs: 99 }, 'change both');
  expect(recipe()).toMatchObject({ seed: 7, epochs: 99 });
});

test('what the draft is held to is no step of Undo', () => {
  const draft = createDraftStore(start);
  holdTo(draft, { rules, start });
  expect(draft.history.getState().pastStates).toHaveLength(0);
  draft.setRecipe({ epochs: 99, batchSize: 9 }, 'change both');
  expect(draft.history.getState().pastStates).toHaveLength(1);
  draft.undo();
  expect(draft.store.getState().recipe.batchSize).toBe(start.recipe.batchSize);
});
