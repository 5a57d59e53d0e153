import { pasteEdits } from '../../../core/network/edits.ts';
import type { LayerSpec } from '../../../core/network/layers/registry.ts';
import { type Edit, INPUT_ID, type Network } from '../../../core/network/network.ts';
import { layersIn, skipBlockOf } from '../../../core/network/skip-blocks.ts';

/** The layers that are copied with one: itself, or for an Add and the like all that its bracket holds. */
export function layersOf(network: Network, id: string): readonly LayerSpec[] {
  const block = skipBlockOf(network, id);
  return block === null ? network.layers.filter((layer) => layer.id === id) : layersIn(network, block);
}

/**
 * Inserts copied layers from `index` on. Where several are inserted together, references to layers outside of them
 * become references to the layer above their new place, so that a copied block continues from there.
 */
export function pastedAt(network: Network, index: number, layers: readonly LayerSpec[]): readonly Edit[] {
  const ids = new Set(layers.map(({ id }) => id));
  const above = network.layers[index - 1]?.id ?? INPUT_ID;
  const moved = layers.map((layer) => {
    if (layers.length === 1 || !('from' in layer) || ids.has(layer.from)) return layer;
    return { ...layer, from: above };
  });
  return pasteEdits(network, index, moved);
}
