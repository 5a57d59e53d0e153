import { beforeEach, describe, expect, test } from 'vitest';
import { blockEdits } from '../../../../../src/core/network/blocks.ts';
import { createLayer, INPUT_ID } from '../../../../../src/core/network/network.ts';
import { ciutacuCnn } from '../../../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { createPanelActions } from '../../../../../src/features/model/editing/create-panel-actions.ts';
import { CLOSED_PANEL, type Panel, panelAfter } from '../../../../../src/features/model/editing/panel.ts';
import type { PanelActions } from '../../../../../src/features/model/editing/panel-actions.ts';
import { draftOf } from '../../../../../src/state/draft.ts';
import { createDraftStore, type DraftStore } from '../../../../../src/state/draft-store.ts';

let draft: DraftStore;
let panel: Panel;
let actions: PanelActions;

beforeEach(() => {
  draft = createDraftStore(draftOf(ciutacuCnn, 42), () => 0);
  panel = CLOSED_PANEL;
  actions = createPanelActions(draft, (event) => {
    panel = panelAfter(panel, event);
  });
});

const ids = () => draft.store.getState().network.layers.map(({ id }) => id);

describe('a card', () => {
  test('is moved, and its new place is announced', () => {
    actions.move('maxPooling2d-1', 0);
    expect(ids().slice(0, 2)).toEqual(['maxPooling2d-1', 'conv2d-1']);
    expect(panel.said.text).toBe('MaxPooling2D, position 1 of 5');
  });

  test('stays where it is at the ends of the list, without a step of undo', () => {
    actions.move('conv2d-1', -1);
    actions.move('dense-2', 5);
    expect(draft.history.getState().pastStates).toHaveLength(0);
  });

  test('is duplicated right below, and the copy has the focus', () => {
    actions.duplicate('dense-1');
    expect(ids().slice(3)).toEqual(['dense-1', 'dense-3', 'dense-2']);
    expect(panel.focus).toEqual({ id: 'dense-3' });
    expect(panel.said.text).toBe('Copy of Dense, position 5 of 6');
  });

  test('is switched off and on again', () => {
    actions.switchOff('dense-1');
    expect(draft.store.getState().network.layers[3]).toMatchObject({ off: true });
    expect(panel.said.text).toBe('Dense switched off');
    actions.switchOff('dense-1');
    expect(draft.store.getState().network.layers[3]).toMatchObject({ off: false });
  });

  test('gives the focus to the next one when it is deleted, and comes back by undo', () => {
    actions.remove('dense-1');
    expect(panel.focus).toEqual({ id: 'dense-2' });
    expect(panel.note).toMatchObject({ message: 'Dense 1 deleted', undo: { id: 'dense-1' } });
    actions.undoDeletion('dense-1');
    expect(ids()).toContain('dense-1');
    expect(panel.focus).toEqual({ id: 'dense-1' });
  });

  test('that was the last one leaves the focus to the one above, and the only one to the Input', () => {
    actions.remove('dense-2');
    expect(panel.focus).toEqual({ id: 'dense-1' });
    for (const id of ids()) actions.remove(id);
    expect(panel.focus).toEqual({ id: INPUT_ID });
  });

  test('that is gone does nothing', () => {
    actions.remove('gone');
    actions.duplicate('gone');
    expect(draft.history.getState().pastStates).toHaveLength(0);
  });
});

test('a fix is one step of undo, and the mended card has the focus', () => {
  actions.mend(
    { label: 'Use same padding', edits: [{ type: 'setOptions', id: 'conv2d-1', values: { padding: 'same' } }] },
    'conv2d-1',
  );
  expect(draft.store.getState().change).toBe('use same padding');
  expect(draft.store.getState().network.layers[0]).toMatchObject({ padding: 'same' });
  expect(panel.focus).toEqual({ id: 'conv2d-1' });
  expect(panel.said.text).toBe('Done: Use same padding');
});

test('a fix that removes the card gives the focus to what takes its place', () => {
  actions.mend({ label: 'Remove Flatten 1', edits: [{ type: 'remove', id: 'flatten-1' }] }, 'flatten-1');
  expect(panel.focus).toEqual({ id: 'dense-1' });
});

test('all layers can be removed in one step', () => {
  actions.removeAll();
  expect(ids()).toEqual([]);
  draft.undo();
  expect(ids()).toHaveLength(5);
});

test('a new layer is open and has the focus', () => {
  actions.insert([{ type: 'insert', index: 1, layer: createLayer('dropout', 'dropout-1') }], 'Dropout');
  expect(ids()[1]).toBe('dropout-1');
  expect(panel).toMatchObject({ openId: 'dropout-1', focus: { id: 'dropout-1' } });
  expect(draft.store.getState().change).toBe('insert Dropout');
});

test('a whole block is inserted in one step, closed, with the focus on its first layer', () => {
  const { network } = draft.store.getState();
  actions.insert(blockEdits(network, ciutacuCnn.dataset, 2, 'vgg'), 'VGG block');
  expect(ids()).toHaveLength(8);
  expect(panel).toMatchObject({ openId: null, focus: { id: 'conv2d-2' } });
  draft.undo();
  expect(ids()).toHaveLength(5);
});

describe('a block', () => {
  const blockOf = () => ids().slice(2, -3);
  const end = () => ids().find((id) => id.startsWith('add')) ?? '';

  beforeEach(() => {
    actions.insert(blockEdits(draft.store.getState().network, ciutacuCnn.dataset, 2, 'residual'), 'Residual block');
    // The last layer of the palette's block is an activation behind the shortcut.
    actions.remove('activation-2');
  });

  test('is moved as one, and comes back by one step of undo', () => {
    const before = ids();
    const block = blockOf();
    actions.moveBlock(end(), 'up');
    expect(ids()).toEqual(['conv2d-1', ...block, 'maxPooling2d-1', 'flatten-1', 'dense-1', 'dense-2']);
    expect(draft.store.getState().network.layers.find(({ id }) => id === end())).toMatchObject({ from: 'conv2d-1' });
    expect(panel.said.text).toBe(`${block.length} layers, positions 2 to ${block.length + 1} of ${before.length}`);
    draft.undo();
    expect(ids()).toEqual(before);
  });

  test('that cannot go further says so, and changes nothing', () => {
    for (let i = 0; i < 3; i++) actions.moveBlock(end(), 'up');
    const steps = draft.history.getState().pastStates.length;
    expect(panel.said.text).toMatch(/layers cannot move further/);
    actions.moveBlock(end(), 'up');
    expect(draft.history.getState().pastStates).toHaveLength(steps);
  });

  test('is duplicated behind itself', () => {
    const before = ids();
    actions.duplicateBlock(end());
    expect(ids()).toHaveLength(2 * before.length - 5);
    expect(draft.store.getState().network.layers.find(({ id }) => id === 'add-2')).toMatchObject({ from: 'add-1' });
  });

  test('is deleted as one, and comes back from the note', () => {
    const before = ids();
    actions.removeBlock(end());
    expect(ids()).toEqual(['conv2d-1', 'maxPooling2d-1', 'flatten-1', 'dense-1', 'dense-2']);
    expect(panel.focus).toEqual({ id: 'flatten-1' });
    expect(panel.note).toMatchObject({ message: `${before.length - 5} layers deleted`, undo: { id: 'add-1' } });
    actions.undoDeletion('add-1');
    expect(ids()).toEqual(before);
  });

  test('is none where a layer ends no shortcut', () => {
    const steps = draft.history.getState().pastStates.length;
    actions.removeBlock('dense-1');
    actions.moveBlock('dense-1', 'up');
    expect(draft.history.getState().pastStates).toHaveLength(steps);
  });
});

describe('layers as text', () => {
  test('are pasted behind a layer, each under an id of its own', () => {
    const text = actions.copyText('dense-1');
    expect(panel.note?.message).toBe('Dense copied as text');
    actions.paste(text, 'dense-1');
    expect(ids().slice(3)).toEqual(['dense-1', 'dense-3', 'dense-2']);
    expect(draft.store.getState().network.layers[4]).toMatchObject({ units: 100, kernelInitializer: 'heUniform' });
  });

  test('of a residual block go on from the layer above their new place', () => {
    const { network } = draft.store.getState();
    actions.insert(blockEdits(network, ciutacuCnn.dataset, 2, 'residual'), 'Residual block');
    const add = ids().findIndex((id) => id.startsWith('add'));
    const text = actions.copyText(ids()[add] ?? '');
    expect(panel.note?.message).toBe(`${add - 1} layers copied as text`);
    actions.paste(text, ids()[add] ?? '');
    const pasted = draft.store.getState().network.layers[2 * add - 1];
    expect(pasted).toMatchObject({ kind: 'add', id: 'add-2', from: 'add-1' });
  });

  test('that are faulty are shown with what is wrong, and change nothing', () => {
    actions.paste('{"layers": [{"kind": "dens"}]}', 'dense-1');
    expect(ids()).toHaveLength(5);
    expect(panel.opened).toMatchObject({ kind: 'paste-text', after: 'dense-1' });
  });

  test('can take the place of all layers', () => {
    actions.replaceLayers([createLayer('flatten', 'flatten-1')]);
    expect(ids()).toEqual(['flatten-1']);
    draft.undo();
    expect(ids()).toHaveLength(5);
  });
});

test('another batch is a step of undo of its own, also right after the field was changed', () => {
  draft.setRecipe({ batchSize: 1024 }, 'change batch size');
  actions.setBatchSize(193);
  expect(draft.store.getState()).toMatchObject({ recipe: { batchSize: 193 }, change: 'use batches of 193' });
  draft.undo();
  expect(draft.store.getState().recipe.batchSize).toBe(1024);
});
