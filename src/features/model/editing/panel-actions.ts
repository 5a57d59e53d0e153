import { createContext, useContext } from 'react';
import type { Fix } from '../../../core/network/issue.ts';
import type { LayerSpec } from '../../../core/network/layers/registry.ts';
import type { Edit } from '../../../core/network/network.ts';
import type { Opened } from './panel.ts';

/** Everything that cards, menus and keys do. Ids of layers that are gone do nothing. */
export interface PanelActions extends ClipboardActions, BlockActions {
  activate(id: string): void;
  /** Opens the card and closes the one that was open, or closes it. */
  toggle(id: string): void;
  /** Gives the focus to a card. */
  focus(id: string): void;
  open(opened: Opened): void;
  close(): void;
  /** Lets the open palette insert before the layer of this index. */
  placeAt(index: number): void;
  /** Carries out edits that insert layers; the first of them gets the focus. */
  insert(edits: readonly Edit[], what: string): void;
  /** Moves a layer to another position, counted from 0; positions outside of the list do nothing. */
  move(id: string, to: number): void;
  duplicate(id: string): void;
  switchOff(id: string): void;
  remove(id: string): void;
  removeAll(): void;
  mend(fix: Fix, id: string | null): void;
  setOption(id: string, option: string, value: unknown, label: string): void;
  /** Trains with another batch. */
  setBatchSize(batchSize: number): void;
  undoDeletion(id: string): void;
  dismiss(): void;
  say(text: string): void;
}

/** All layers that a shortcut bridges, as one; `id` is the layer that the shortcut enters. */
export interface BlockActions {
  /** Moves the block past what stands above or below it; says so where it cannot go there. */
  moveBlock(id: string, direction: 'up' | 'down'): void;
  /** Puts a copy of the block right behind it. */
  duplicateBlock(id: string): void;
  removeBlock(id: string): void;
}

/** Layers as text, out of the app and into it. */
export interface ClipboardActions {
  /** The text of a layer, or of all; says that it was copied. */
  copyText(id: string | null): string;
  /** Puts the text on the clipboard; where the browser does not allow that, shows it to be copied by hand. */
  copy(id: string | null): void;
  /** Reads text and inserts its layers behind a layer; faulty text is shown with what is wrong with it. */
  paste(text: string, after: string): void;
  /** Inserts layers behind a layer, or in place of all. */
  pasteLayers(layers: readonly LayerSpec[], after: string): void;
  replaceLayers(layers: readonly LayerSpec[]): void;
}

/** The actions of the panel around. */
export const PanelContext = createContext<PanelActions | null>(null);

/** The actions of the panel; the same object at each render. */
export function usePanelActions(): PanelActions {
  const actions = useContext(PanelContext);
  if (actions === null) throw new Error('This component stands outside of the PanelContext.');
  return actions;
}
