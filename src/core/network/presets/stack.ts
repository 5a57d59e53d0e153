import { classCountOf, type DatasetSpec } from '../../dataset/spec.ts';
import { type BlockKind, type BlockOptions, blockEdits } from '../blocks.ts';
import { pasteEdits } from '../edits.ts';
import type { LayerKind, LayerSpec } from '../layers/registry.ts';
import { applyEdit, createLayer, type LayerOptions, type Network } from '../network.ts';

/** A layer with its options. */
export type Row = { readonly [Kind in LayerKind]: readonly [Kind, LayerOptions<Kind>?] }[LayerKind];

/** A network of layers in this order, with the ids that the builder would give them. */
export function stack(...rows: readonly Row[]): Network {
  return grown({ layers: [] }, ...rows);
}

/** The network with more layers at its end. */
export function grown(network: Network, ...rows: readonly Row[]): Network {
  const layers = rows.map(([kind, options]): LayerSpec => createLayer(kind, kind, options));
  return pasteEdits(network, network.layers.length, layers).reduce(applyEdit, network);
}

/** The network with a block at its end, so many times. */
export function grownByBlock(
  network: Network,
  dataset: DatasetSpec,
  kind: BlockKind,
  options: BlockOptions,
  times: number,
): Network {
  return blockEdits(network, dataset, network.layers.length, kind, options, times).reduce(applyEdit, network);
}

/** The last layer of a network for a data set: a probability for each class. */
export function outputFor(dataset: DatasetSpec): Row {
  return ['dense', { units: classCountOf(dataset), activation: 'softmax' }];
}
