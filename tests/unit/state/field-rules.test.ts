import { expect, test } from 'vitest';
import { NETWORK_SET, type NetworkRule, sizesOf } from '../../../src/core/classroom/network-rule.ts';
import type { Rules } from '../../../src/core/classroom/rules.ts';
import { createLayer } from '../../../src/core/network/network.ts';
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
  const free = holdTo(draft, { rules, network: { kind: 'free' }, start });
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
  holdTo(draft, { rules, network: { kind: 'free' }, start });
  expect(draft.history.getState().pastStates).toHaveLength(0);
  draft.setRecipe({ epochs: 99, batchSize: 9 }, 'change both');
  expect(draft.history.getState().pastStates).toHaveLength(1);
  draft.undo();
  expect(draft.store.getState().recipe.batchSize).toBe(start.recipe.batchSize);
});

/** A draft that is held to a rule about its network, and what was told. */
function heldNetwork(network: NetworkRule) {
  const draft = createDraftStore(start);
  const told: (string | null)[] = [];
  holdTo(draft, { rules: new Map(), network, start }, (problem) => told.push(problem));
  return { draft, told, network: () => draft.store.getState().network };
}

const DENSE = createLayer('dense', 'more', { units: 7 });

test('a locked network stays as it was set, whatever changes it, with the reason and without a step of Undo', () => {
  const { draft, told, network } = heldNetwork({ kind: 'locked' });
  draft.edit([{ type: 'insert', index: 0, layer: DENSE }], 'insert');
  expect(network()).toBe(start.network);
  draft.choose(elvlandVgg);
  expect(network()).toBe(start.network);
  draft.replace({ ...start, network: { layers: [] } });
  expect(network()).toBe(start.network);
  expect(told).toEqual([NETWORK_SET, NETWORK_SET, NETWORK_SET]);
  // The preset brought its recipe, and the last change took it away again; the layer brought nothing.
  expect(draft.history.getState().pastStates).toHaveLength(2);
  draft.setRecipe({ batchSize: 9 }, 'change batch size');
  expect(draft.store.getState().recipe.batchSize).toBe(9);
  expect(told).toHaveLength(3);
});

test('a network that is limited grows as far as it may, and what goes beyond is taken back', () => {
  const { layers } = start.network;
  const parameters = sizesOf(start).parameters + 10_000;
  const { draft, told, network } = heldNetwork({ kind: 'limited', layers: layers.length + 1, parameters });
  draft.edit([{ type: 'insert', index: layers.length - 1, layer: DENSE }], 'insert');
  expect(network().layers).toHaveLength(layers.length + 1);
  const grown = network();
  draft.edit([{ type: 'insert', index: layers.length - 1, layer: { ...DENSE, id: 'third' } }], 'insert');
  expect(network()).toBe(grown);
  draft.edit([{ type: 'setOptions', id: 'more', values: { units: 4096 } }], 'change units');
  expect(network()).toBe(grown);
  expect(told).toEqual([
    null,
    `The assignment allows ${layers.length + 1} layers: this network has ${layers.length + 2}.`,
    expect.stringMatching(/^The assignment allows [\d,]+ parameters: this network has [\d,]+\.$/),
  ]);
  draft.undo();
  expect(network()).toBe(start.network);
});
