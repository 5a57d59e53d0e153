import type { Dispatch } from 'react';
import { definitionOf, type LayerSpec } from '../../../core/network/layers/registry.ts';
import type { Edit, Network } from '../../../core/network/network.ts';
import { networkText, parseNetwork } from '../../../core/network/network-text.ts';
import type { DraftStore } from '../../../state/draft-store.ts';
import { layersOf, pastedAt } from './clipboard.ts';
import type { PanelEvent } from './panel.ts';
import type { ClipboardActions } from './panel-actions.ts';

/** What the clipboard actions need. */
export interface ClipboardTools {
  network(): Network;
  readonly dispatch: Dispatch<PanelEvent>;
  insert(edits: readonly Edit[], what: string): void;
  readonly draft: DraftStore;
}

/** Copies layers of the draft as text, and inserts layers from text. */
export function createClipboardActions({ network, dispatch, insert, draft }: ClipboardTools): ClipboardActions {
  const layersFor = (id: string | null) => (id === null ? network().layers : layersOf(network(), id));
  const note = (message: string) => dispatch({ type: 'noted', message, undo: null });
  const pasteLayers = (layers: readonly LayerSpec[], after: string) => {
    const index = network().layers.findIndex(({ id }) => id === after) + 1;
    insert(pastedAt(network(), index, layers), whatOf(layers));
  };
  return {
    copyText(id) {
      const layers = layersFor(id);
      note(`${whatOf(layers)} copied as text`);
      return networkText({ layers });
    },
    copy(id) {
      const layers = layersFor(id);
      const text = networkText({ layers });
      writeText(text).then(
        () => note(`${whatOf(layers)} copied as text`),
        () => dispatch({ type: 'opened', opened: { kind: 'copy-text', text } }),
      );
    },
    paste(text, after) {
      const reading = parseNetwork(text);
      if ('network' in reading && reading.network.layers.length > 0) pasteLayers(reading.network.layers, after);
      else dispatch({ type: 'opened', opened: { kind: 'paste-text', after, text } });
    },
    pasteLayers,
    replaceLayers: (layers) => draft.edit([{ type: 'replace', network: { layers } }], 'paste a network'),
  };
}

/** Fails where the browser does not allow it, as on a page that is not served securely. */
async function writeText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}

/** Layers in a word: `Conv2D`, `3 layers`. */
function whatOf(layers: readonly LayerSpec[]): string {
  const [first, ...others] = layers;
  if (first === undefined) return 'No layer';
  return others.length === 0 ? definitionOf(first.kind).title : `${layers.length} layers`;
}
