import type { LayerSpec } from './layers/registry.ts';
import { INPUT_ID, type Network, referenceOf, withOptions } from './network.ts';

/**
 * What a shortcut bridges, as one piece: the layers below the one that it leaves, down to the one that it enters. Where
 * another shortcut crosses the border, as that of a projection does, the piece grows until none does. Data then enters it
 * by the layer above, and leaves it by its last layer. Positions count from 0; the Input is −1.
 */
export interface SkipBlock {
  readonly first: number;
  readonly last: number;
}

/** A shortcut between two positions. */
interface Link {
  readonly from: number;
  readonly to: number;
}

/** The block of the shortcut that enters a layer; null where none does. */
export function skipBlockOf(network: Network, id: string): SkipBlock | null {
  const links = linksOf(network);
  const own = links.find(({ to }) => network.layers[to]?.id === id);
  return own === undefined ? null : grown(links, { first: own.from + 1, last: own.to });
}

/** The layers of a block. */
export function layersIn({ layers }: Network, { first, last }: SkipBlock): readonly LayerSpec[] {
  return layers.slice(first, last + 1);
}

/** The network without a block. What took up its output takes up what came into it. */
export function withoutSkipBlock(network: Network, block: SkipBlock): Network {
  const kept = network.layers.toSpliced(block.first, block.last - block.first + 1);
  return { layers: redirected(kept, { [idAt(network, block.last)]: idAt(network, block.first - 1) }) };
}

/**
 * The network with a block moved past the layer above or below it, or past the whole block that ends or begins there. Each
 * shortcut goes on from the layer above its new place. Null at the ends of the list, and at the border of a larger block,
 * which it does not leave by itself.
 */
export function withSkipBlockMoved(network: Network, block: SkipBlock, direction: 'up' | 'down'): Network | null {
  const neighbour = direction === 'up' ? blockAbove(network, block) : blockBelow(network, block);
  if (neighbour === null) return null;
  return direction === 'up' ? exchanged(network, neighbour, block) : exchanged(network, block, neighbour);
}

/** The shortcuts from an earlier layer, or the Input, to a later one. */
function linksOf({ layers }: Network): readonly Link[] {
  const places = new Map([[INPUT_ID, -1], ...layers.map(({ id }, index) => [id, index] as const)]);
  return layers.flatMap((layer, to) => {
    const from = places.get(referenceOf(layer) ?? '');
    return from === undefined || from >= to ? [] : [{ from, to }];
  });
}

/** The smallest block around a piece of the list whose border no shortcut crosses. */
function grown(links: readonly Link[], piece: SkipBlock): SkipBlock {
  const { first, last } = piece;
  const isInside = (place: number) => place >= first && place <= last;
  const entering = links.find(({ from, to }) => isInside(to) && from < first - 1);
  const leaving = links.find(({ from, to }) => isInside(from) && from < last && to > last);
  if (entering === undefined && leaving === undefined) return piece;
  return grown(links, { first: Math.min(first, (entering?.from ?? first) + 1), last: leaving?.to ?? last });
}

function blockAbove(network: Network, { first }: SkipBlock): SkipBlock | null {
  const links = linksOf(network);
  const last = first - 1;
  const entry = links.find(({ to }) => to === last)?.from ?? last - 1;
  const above = grown(links, { first: entry + 1, last });
  return last >= 0 && above.last === last ? above : null;
}

function blockBelow(network: Network, block: SkipBlock): SkipBlock | null {
  const links = linksOf(network);
  const first = block.last + 1;
  const ends = links.filter(({ from }) => from === block.last).map(({ to }) => to);
  const below = grown(links, { first, last: Math.max(first, ...ends) });
  return first < network.layers.length && below.first === first ? below : null;
}

/** Exchanges two blocks of which the second follows the first. */
function exchanged(network: Network, upper: SkipBlock, lower: SkipBlock): Network {
  const { layers } = network;
  const above = idAt(network, upper.first - 1);
  const [upperEnd, lowerEnd] = [idAt(network, upper.last), idAt(network, lower.last)];
  return {
    layers: [
      ...layers.slice(0, upper.first),
      ...redirected(layersIn(network, lower), { [upperEnd]: above }),
      ...redirected(layersIn(network, upper), { [above]: lowerEnd }),
      ...redirected(layers.slice(lower.last + 1), { [lowerEnd]: upperEnd }),
    ],
  };
}

/** The layers, with other names for those that they take up. */
function redirected(layers: readonly LayerSpec[], names: Readonly<Record<string, string>>): readonly LayerSpec[] {
  return layers.map((layer) => {
    const from = names[referenceOf(layer) ?? ''];
    return from === undefined ? layer : withOptions(layer, { from });
  });
}

function idAt({ layers }: Network, index: number): string {
  return layers[index]?.id ?? INPUT_ID;
}
