import type { Dispatch } from 'react';
import { duplicateEdits, toggleEdits } from '../../../core/network/edits.ts';
import type { Fix } from '../../../core/network/issue.ts';
import { definitionOf, type LayerSpec } from '../../../core/network/layers/registry.ts';
import { type Edit, INPUT_ID, layerNames, type Network } from '../../../core/network/network.ts';
import { withRecipe } from '../../../state/draft.ts';
import type { DraftStore } from '../../../state/draft-store.ts';
import { createBlockActions } from './block-actions.ts';
import { createClipboardActions } from './clipboard-actions.ts';
import type { PanelEvent } from './panel.ts';
import type { PanelActions } from './panel-actions.ts';

/** Actions that edit the draft, and set what the panel shows and says about it. */
export function createPanelActions(draft: DraftStore, dispatch: Dispatch<PanelEvent>): PanelActions {
  const network = () => draft.store.getState().network;
  const focus = (id: string) => dispatch({ type: 'focused', id });
  const say = (text: string) => dispatch({ type: 'said', text });
  const sayPlace = (id: string, what: string) => {
    const { layers } = network();
    say(`${what}, position ${placeOf(network(), id) + 1} of ${layers.length}`);
  };
  const insert = (edits: readonly Edit[], what: string) => {
    draft.edit(edits, `insert ${what}`);
    const ids = edits.flatMap((edit) => (edit.type === 'insert' ? [edit.layer.id] : []));
    const [first, last] = [ids[0], ids.at(-1)];
    if (first === undefined || last === undefined) return;
    dispatch({ type: 'inserted', first, last });
    sayPlace(first, `${what} inserted after ${nameAbove(network(), first)}`);
  };
  const focusAt = (index: number) => focus(idNear(network(), index, null));
  const noteDeletion = (message: string, id: string) =>
    dispatch({ type: 'noted', message, undo: { id, draft: draft.store.getState() } });
  return {
    activate: (id) => dispatch({ type: 'activated', id }),
    toggle: (id) => dispatch({ type: 'toggled', id }),
    focus,
    open: (opened) => dispatch({ type: 'opened', opened }),
    close: () => dispatch({ type: 'closed' }),
    placeAt: (index) => dispatch({ type: 'placed', index }),
    insert,
    ...createLayerActions(draft, { network, focus, focusAt, say, sayPlace, noteDeletion }),
    ...createBlockActions({ draft, network, insert, focusAt, say, noteDeletion }),
    ...createClipboardActions({ network, dispatch, insert, draft }),
    removeAll() {
      draft.edit([{ type: 'replace', network: { layers: [] } }], 'remove all layers');
      focus(INPUT_ID);
      noteDeletion('All layers removed', INPUT_ID);
    },
    mend(fix: Fix, id) {
      const index = placeOf(network(), id);
      draft.edit(fix.edits, lowerFirst(fix.label));
      focus(idNear(network(), Math.max(0, index), id));
      say(`Done: ${fix.label}`);
    },
    setBatchSize(batchSize) {
      // A separate step of Undo, even right after the field was changed.
      const present = draft.store.getState();
      draft.replace(withRecipe(present, { batchSize }, `use batches of ${batchSize}`));
    },
    undoDeletion(id) {
      draft.undo();
      focus(id);
    },
    dismiss: () => dispatch({ type: 'dismissed' }),
    say,
  };
}

/** What the actions on single layers need. */
interface LayerTools {
  network(): Network;
  focus(id: string): void;
  focusAt(index: number): void;
  say(text: string): void;
  sayPlace(id: string, what: string): void;
  noteDeletion(message: string, id: string): void;
}

function createLayerActions(draft: DraftStore, tools: LayerTools) {
  const { network, focus, focusAt, say, sayPlace, noteDeletion } = tools;
  /** Runs an edit on a layer that is still there, with its position. */
  const on = (id: string, edit: (layer: LayerSpec, index: number) => void) => {
    const index = placeOf(network(), id);
    const layer = network().layers[index];
    if (layer !== undefined) edit(layer, index);
  };
  return {
    move: (id: string, to: number) =>
      on(id, (layer, from) => {
        if (to === from || to < 0 || to >= network().layers.length) return;
        draft.edit([{ type: 'move', id, to }], `move ${titleOf(layer)}`);
        focus(id);
        sayPlace(id, titleOf(layer));
      }),
    duplicate: (id: string) =>
      on(id, (layer, index) => {
        draft.edit(duplicateEdits(network(), id), `duplicate ${titleOf(layer)}`);
        const copy = network().layers[index + 1];
        if (copy === undefined) return;
        focus(copy.id);
        sayPlace(copy.id, `Copy of ${titleOf(layer)}`);
      }),
    switchOff: (id: string) =>
      on(id, (layer) => {
        const word = layer.off ? 'on' : 'off';
        draft.edit(toggleEdits(network(), id), `switch ${word} ${titleOf(layer)}`);
        say(`${titleOf(layer)} switched ${word}`);
      }),
    remove: (id: string) =>
      on(id, (layer, index) => {
        const name = layerNames(network())[index];
        draft.edit([{ type: 'remove', id }], `delete ${titleOf(layer)}`);
        focusAt(index);
        noteDeletion(`${name} deleted`, id);
      }),
    setOption: (id: string, option: string, value: unknown, label: string) =>
      on(id, (layer) =>
        draft.edit([{ type: 'setOptions', id, values: { [option]: value } }], `change ${titleOf(layer)} ${label}`),
      ),
  };
}

function placeOf({ layers }: Network, id: string | null): number {
  return layers.findIndex((layer) => layer.id === id);
}

function nameAbove(network: Network, id: string): string {
  return layerNames(network)[placeOf(network, id) - 1] ?? 'Input';
}

/** The layer that gets the focus: the one with the id, else the one that took its place, else the Input. */
function idNear({ layers }: Network, index: number, id: string | null): string {
  const wanted = layers.find((layer) => layer.id === id) ?? layers[Math.min(index, layers.length - 1)];
  return wanted?.id ?? INPUT_ID;
}

function titleOf({ kind }: LayerSpec): string {
  return definitionOf(kind).title;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
