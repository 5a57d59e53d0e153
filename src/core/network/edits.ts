import type { LayerSpec } from './layers/registry.ts';
import { applyEdit, type Edit, freeId, type Network, referenceOf, withOptions } from './network.ts';

/** Larger changes of a network, put together from single edits. */

/** An edit about a layer and its place; none where there is no such layer, because then nothing was changed. */
function at(network: Network, id: string, make: (layer: LayerSpec, index: number) => Edit): readonly Edit[] {
  return network.layers.flatMap((layer, index) => (layer.id === id ? [make(layer, index)] : []));
}

/** Switches a layer off, or on again. */
export function toggleEdits(network: Network, id: string): readonly Edit[] {
  return at(network, id, (layer) => ({ type: 'setOptions', id, values: { off: !layer.off } }));
}

/** Puts a copy of a layer right behind it. */
export function duplicateEdits(network: Network, id: string): readonly Edit[] {
  return at(network, id, (layer, index) => ({
    type: 'insert',
    index: index + 1,
    layer: { ...layer, id: freeId(network, layer.kind) },
  }));
}

/**
 * Inserts layers from `index` on, each with an id of its own. Where one names another of them, it goes on naming that one
 * by its new id; what it names outside of them stays.
 */
export function pasteEdits(network: Network, index: number, layers: readonly LayerSpec[]): readonly Edit[] {
  const edits: Edit[] = [];
  const renamed = new Map<string, string>();
  let grown = network;
  for (const [offset, layer] of layers.entries()) {
    const id = freeId(grown, layer.kind);
    const from = referenceOf(layer);
    const copy = { ...withOptions(layer, from === null ? {} : { from: renamed.get(from) ?? from }), id };
    renamed.set(layer.id, id);
    const edit: Edit = { type: 'insert', index: index + offset, layer: copy };
    edits.push(edit);
    grown = applyEdit(grown, edit);
  }
  return edits;
}
