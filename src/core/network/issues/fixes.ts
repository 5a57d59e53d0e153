import type { Fix } from '../issue.ts';
import { applyEdit, createLayer, type Edit, freeId, type Network, type NewLayer, withOptions } from '../network.ts';

/** Functions that make the fixes that issues offer. */

/** A fix that sets options of one layer. */
export function setFix(label: string, id: string, values: Readonly<Record<string, unknown>>): Fix {
  return { label, edits: [{ type: 'setOptions', id, values }] };
}

/** A fix that removes a layer. */
export function removeFix(name: string, id: string): Fix {
  return { label: `Remove ${name}`, edits: [{ type: 'remove', id }] };
}

/** Edits that insert layers from `index` on, in order, each with an id of its own. */
export function insertAt(network: Network, index: number, layers: readonly NewLayer[]): readonly Edit[] {
  const edits: Edit[] = [];
  let grown = network;
  for (const [offset, { kind, options }] of layers.entries()) {
    const layer = withOptions(createLayer(kind, freeId(grown, kind)), options);
    const edit: Edit = { type: 'insert', index: index + offset, layer };
    edits.push(edit);
    grown = applyEdit(grown, edit);
  }
  return edits;
}

/** The network after a fix. */
export function fixed(network: Network, fix: Fix): Network {
  return fix.edits.reduce(applyEdit, network);
}
