import { createContext, type Dispatch, useContext } from 'react';
import type { Fix } from '../../core/issue.ts';
import { definitionOf, type LayerSpec } from '../../core/layers/registry.ts';
import { type Edit, freeId, INPUT_ID, layerNames, type Network } from '../../core/network.ts';
import type { DraftStore } from '../../state/draft-store.ts';
import type { Opened, PanelEvent } from './panel.ts';

/** Everything that cards, menus and keys do. Ids of layers that are gone do nothing. */
export interface PanelActions {
  activate(id: string): void;
  /** Opens the card and closes the one that was open, or closes it. */
  toggle(id: string): void;
  /** Gives the focus to a card. */
  focus(id: string): void;
  open(opened: Opened): void;
  close(): void;
  insert(index: number, layers: readonly LayerSpec[], what: string): void;
  /** Moves a layer to another position, counted from 0; positions outside of the list do nothing. */
  move(id: string, to: number): void;
  duplicate(id: string): void;
  switchOff(id: string): void;
  remove(id: string): void;
  removeAll(): void;
  mend(fix: Fix, id: string | null): void;
  setOption(id: string, option: string, value: unknown, label: string): void;
  undoDeletion(id: string): void;
  dismiss(): void;
  say(text: string): void;
}

/** The actions of the panel around. */
export const PanelContext = createContext<PanelActions | null>(null);

/** The actions of the panel; the same object at each render. */
export function usePanelActions(): PanelActions {
  const actions = useContext(PanelContext);
  if (actions === null) throw new Error('This component stands outside of the PanelContext.');
  return actions;
}

/** Actions that edit the draft, and tell the panel what to show and to say about it. */
export function createPanelActions(draft: DraftStore, dispatch: Dispatch<PanelEvent>): PanelActions {
  const network = () => draft.store.getState().network;
  const focus = (id: string, unfold = false) => dispatch({ type: 'focused', id, unfold });
  const say = (text: string) => dispatch({ type: 'said', text });
  const sayPlace = (id: string, what: string) => {
    const { layers } = network();
    const index = layers.findIndex((layer) => layer.id === id);
    say(`${what}, position ${index + 1} of ${layers.length}`);
  };
  /** Runs an edit on a layer that is still there, with its position. */
  const on = (id: string, edit: (layer: LayerSpec, index: number) => void) => {
    const index = network().layers.findIndex((layer) => layer.id === id);
    const layer = network().layers[index];
    if (layer !== undefined) edit(layer, index);
  };
  const insert = (index: number, layers: readonly LayerSpec[], what: string) => {
    const edits = layers.map((layer, offset): Edit => ({ type: 'insert', index: index + offset, layer }));
    draft.edit(edits, `insert ${what}`);
    const first = layers[0];
    if (first === undefined) return;
    focus(first.id, layers.length === 1);
    sayPlace(first.id, `${what} inserted`);
  };
  return {
    activate: (id) => dispatch({ type: 'activated', id }),
    toggle: (id) => dispatch({ type: 'toggled', id }),
    focus,
    open: (opened) => dispatch({ type: 'opened', opened }),
    close: () => dispatch({ type: 'closed' }),
    insert,
    move: (id, to) =>
      on(id, (layer, from) => {
        if (to === from || to < 0 || to >= network().layers.length) return;
        draft.edit([{ type: 'move', id, to }], `move ${titleOf(layer)}`);
        focus(id);
        sayPlace(id, titleOf(layer));
      }),
    duplicate: (id) =>
      on(id, (layer, index) => {
        const copy = { ...layer, id: freeId(network(), layer.kind) };
        draft.edit([{ type: 'insert', index: index + 1, layer: copy }], `duplicate ${titleOf(layer)}`);
        focus(copy.id);
        sayPlace(copy.id, `Copy of ${titleOf(layer)}`);
      }),
    switchOff: (id) =>
      on(id, (layer) => {
        const word = layer.off ? 'on' : 'off';
        draft.edit([{ type: 'setOptions', id, values: { off: !layer.off } }], `switch ${word} ${titleOf(layer)}`);
        say(`${titleOf(layer)} switched ${word}`);
      }),
    remove: (id) =>
      on(id, (layer, index) => {
        const name = layerNames(network())[index];
        draft.edit([{ type: 'remove', id }], `delete ${titleOf(layer)}`);
        focus(idNear(network(), index));
        dispatch({ type: 'deleted', deletion: { message: `${name} deleted`, id, draft: draft.store.getState() } });
      }),
    removeAll() {
      draft.edit([{ type: 'replace', network: { layers: [] } }], 'remove all layers');
      focus(INPUT_ID);
      const message = 'All layers removed';
      dispatch({ type: 'deleted', deletion: { message, id: INPUT_ID, draft: draft.store.getState() } });
    },
    mend(fix, id) {
      const index = network().layers.findIndex((layer) => layer.id === id);
      draft.edit(fix.edits, lowerFirst(fix.label));
      focus(idNear(network(), Math.max(0, index), id));
      say(`Done: ${fix.label}`);
    },
    setOption: (id, option, value, label) =>
      on(id, (layer) =>
        draft.edit([{ type: 'setOptions', id, values: { [option]: value } }], `change ${titleOf(layer)} ${label}`),
      ),
    undoDeletion(id) {
      draft.undo();
      focus(id);
    },
    dismiss: () => dispatch({ type: 'dismissed' }),
    say,
  };
}

/** The layer that is to have the focus: the one with the id, else the one that took its place, else the Input. */
function idNear({ layers }: Network, index: number, id: string | null = null): string {
  if (layers.some((layer) => layer.id === id) && id !== null) return id;
  return layers[Math.min(index, layers.length - 1)]?.id ?? INPUT_ID;
}

function titleOf({ kind }: LayerSpec): string {
  return definitionOf(kind).title;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
