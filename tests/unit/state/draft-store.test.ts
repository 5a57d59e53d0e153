import fc from 'fast-check';
import { expect, test } from 'vitest';
import { presetsFor } from '../../../src/datasets/catalogue.ts';
import { FASHION_MNIST_PRESETS as PRESETS } from '../../../src/datasets/fashion-mnist/presets/catalogue.ts';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { draftOf, isEdited } from '../../../src/state/draft.ts';
import { createDraftStore } from '../../../src/state/draft-store.ts';
import { ANY_EDIT, VALID_NETWORK } from '../../fixtures/specs/arbitrary.ts';
import { WEATHER } from '../../fixtures/specs/datasets.ts';

/** A store whose clock stands still until a test moves it. */
function storeAt() {
  const clock = { now: 0 };
  const initial = draftOf(ciutacuCnn, 42);
  return { clock, initial, draft: createDraftStore(initial, () => clock.now) };
}

test('an edit can be undone and redone', () => {
  const { draft, initial } = storeAt();
  draft.edit([{ type: 'remove', id: 'dense-1' }], 'delete Dense');
  const after = draft.store.getState();
  expect(after.network.layers).toHaveLength(4);
  draft.undo();
  expect(draft.store.getState()).toEqual(initial);
  draft.redo();
  expect(draft.store.getState()).toEqual(after);
});

test('any edits are undone to the identical network, step by step, and done again', () => {
  fc.assert(
    fc.property(VALID_NETWORK, fc.array(ANY_EDIT, { maxLength: 25 }), (network, draws) => {
      const clock = { now: 0 };
      const draft = createDraftStore({ ...draftOf(ciutacuCnn, 42), network }, () => clock.now);
      const state = () => JSON.stringify(draft.store.getState());
      const states = [state()];
      for (const [i, draw] of draws.entries()) {
        clock.now += 1000;
        draft.edit([draw(draft.store.getState().network)], `edit ${i}`);
        states.push(state());
      }
      for (const before of states.slice(0, -1).toReversed()) {
        draft.undo();
        expect(state()).toBe(before);
      }
      for (const after of states.slice(1)) {
        draft.redo();
        expect(state()).toBe(after);
      }
    }),
    { numRuns: 60, seed: 2018 },
  );
});

test('whoever listens hears what Undo took back and Redo did again, and nothing when there is nothing', () => {
  const { draft } = storeAt();
  const heard: string[] = [];
  const end = draft.onStep((direction, change) => heard.push(`${direction}: ${change}`));
  draft.undo();
  draft.edit([{ type: 'remove', id: 'dense-1' }], 'delete Dense');
  draft.undo();
  draft.redo();
  draft.redo();
  end();
  draft.undo();
  expect(heard).toEqual(['undone: delete Dense', 'redone: delete Dense']);
});

test('moves of one slider in quick succession are one step of undo', () => {
  const { draft, clock, initial } = storeAt();
  for (const learningRate of [0.002, 0.003, 0.004]) {
    clock.now += 50;
    draft.setRecipe({ learningRate }, 'change learning rate');
  }
  expect(draft.store.getState().recipe.learningRate).toBe(0.004);
  draft.undo();
  expect(draft.store.getState()).toEqual(initial);
});

test('two cards deleted in quick succession come back one by one', () => {
  const { draft, initial } = storeAt();
  draft.edit([{ type: 'remove', id: 'dense-1' }], 'delete Dense');
  draft.edit([{ type: 'remove', id: 'dense-2' }], 'delete Dense');
  draft.undo();
  expect(draft.store.getState().network.layers.map(({ id }) => id)).toContain('dense-2');
  draft.undo();
  expect(draft.store.getState()).toEqual(initial);
});

test('two options changed in quick succession are two steps, one option is one', () => {
  const { draft, initial } = storeAt();
  const set = (values: Record<string, unknown>) =>
    draft.edit([{ type: 'setOptions', id: 'conv2d-1', values }], 'change Conv2D');
  set({ filters: 33 });
  set({ filters: 34 });
  set({ strides: 2 });
  draft.undo();
  expect(draft.store.getState().network.layers[0]).toMatchObject({ filters: 34, strides: 1 });
  draft.undo();
  expect(draft.store.getState()).toEqual(initial);
});

test('the same change after a rest is a step of its own', () => {
  const { draft, clock } = storeAt();
  draft.setRecipe({ epochs: 3 }, 'change epochs');
  clock.now += 5000;
  draft.setRecipe({ epochs: 4 }, 'change epochs');
  draft.undo();
  expect(draft.store.getState().recipe.epochs).toBe(3);
});

test('a change right after an undo is recorded, even when it is of the same kind', () => {
  const { draft } = storeAt();
  draft.setRecipe({ epochs: 3 }, 'change epochs');
  draft.undo();
  draft.setRecipe({ epochs: 5 }, 'change epochs');
  draft.undo();
  expect(draft.store.getState().recipe.epochs).toBe(15);
});

test('choosing a preset keeps the seed and can be undone', () => {
  const { draft, initial } = storeAt();
  draft.setRecipe({ seed: 7 }, 'change seed');
  const other = PRESETS[1];
  if (other === undefined) throw new Error('There is only one preset.');
  draft.choose(other);
  expect(draft.store.getState()).toMatchObject({ presetId: other.id, recipe: { seed: 7 } });
  draft.undo();
  expect(draft.store.getState().presetId).toBe(initial.presetId);
});

test('another optimizer brings its usual learning rate', () => {
  const { draft } = storeAt();
  draft.setOptimizer('sgd');
  expect(draft.store.getState().recipe).toMatchObject({ optimizer: { kind: 'sgd' }, learningRate: 0.01 });
});

test('a draft is edited when it differs from its preset in more than the seed', () => {
  const { draft, initial } = storeAt();
  expect(isEdited(initial, ciutacuCnn)).toBe(false);
  draft.setRecipe({ seed: 9 }, 'change seed');
  expect(isEdited(draft.store.getState(), ciutacuCnn)).toBe(false);
  draft.setRecipe({ epochs: 3 }, 'change epochs');
  expect(isEdited(draft.store.getState(), ciutacuCnn)).toBe(true);
});

test('with two classes the loss follows how the network ends, in the same step of undo', () => {
  const [preset] = presetsFor(WEATHER);
  const draft = createDraftStore(draftOf(preset, 42));
  const last = preset.network.layers.at(-1)?.id ?? '';
  const loss = () => draft.store.getState().recipe.loss;
  draft.edit([{ type: 'setOptions', id: last, values: { units: 1, activation: 'sigmoid' } }], 'make it 1 sigmoid');
  expect(loss()).toBe('binaryCrossentropy');
  draft.undo();
  expect(loss()).toBe('categoricalCrossentropy');
  draft.redo();
  draft.edit([{ type: 'setOptions', id: last, values: { units: 2 } }], 'change units');
  expect(loss()).toBe('binaryCrossentropy');
  draft.edit([{ type: 'setOptions', id: last, values: { activation: 'softmax' } }], 'use softmax');
  expect(loss()).toBe('categoricalCrossentropy');
});
