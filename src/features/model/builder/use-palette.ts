import { useMemo, useState } from 'react';
import type { Analysis } from '../../../core/network/graph.ts';
import { type Edit, freeId } from '../../../core/network/network.ts';
import { useAnalysis } from '../../analysis.ts';
import { useDraft } from '../../lab.tsx';
import { type BlockOffer, type BlockWish, blockOffersAt } from '../editing/block-offers.ts';
import { arrivalAt, type Offer, offersAt } from '../editing/offers.ts';
import { usePanelActions } from '../editing/panel-actions.ts';

const USUAL_FILTERS = 32;

/** What the palette offers for a place, narrowed by what was typed, and how it is inserted. */
export function usePalette(index: number, asked: boolean, search: string) {
  const actions = usePanelActions();
  const analysis = useAnalysis();
  const network = useDraft((state) => state.network);
  const [wish, setWish] = useWish(analysis, index);
  const sought = search.trim().toLowerCase();
  const allLayers = useMemo(() => offersAt(analysis, index, asked), [analysis, index, asked]);
  const allBlocks = useBlocks(analysis, index, wish);
  const layers = allLayers.filter((offer) => `${offer.title} ${offer.group}`.toLowerCase().includes(sought));
  const blocks = allBlocks.filter(({ title }) => `${title} block`.toLowerCase().includes(sought));
  const insert = (edits: readonly Edit[], what: string) => {
    actions.close();
    actions.insert(edits, what);
  };
  const pickLayer = ({ kind, title, layer, elsewhere }: Offer) => {
    const inserted = { ...(elsewhere ?? { layer }).layer, id: freeId(network, kind) };
    insert([{ type: 'insert', index: elsewhere?.index ?? index, layer: inserted }], title);
  };
  const pickBlock = ({ title, edits, elsewhere }: BlockOffer) =>
    insert(elsewhere?.edits ?? edits, wish.times === 1 ? title : `${wish.times} × ${title}`);
  return { layers, blocks, wish, setWish, pickLayer, pickBlock };
}

/** As many filters as channels arrive, until others are asked for. */
function useWish(analysis: Analysis, index: number) {
  const [asked, setAsked] = useState<Partial<BlockWish>>({});
  const filters = asked.filters ?? Math.max(USUAL_FILTERS, arrivalAt(analysis, index)?.[2] ?? 0);
  const wish: BlockWish = { filters, times: asked.times ?? 1 };
  return [wish, (values: Partial<BlockWish>) => setAsked({ ...asked, ...values })] as const;
}

function useBlocks(analysis: Analysis, index: number, { filters, times }: BlockWish): readonly BlockOffer[] {
  return useMemo(() => blockOffersAt(analysis, index, { filters, times }), [analysis, index, filters, times]);
}

/** Inserts what Enter takes: the first layer that fits, else the first block, else what fits at another place. */
export function takeFirst({ layers, blocks, pickLayer, pickBlock }: ReturnType<typeof usePalette>): boolean {
  const layer = layers.find(({ misfit }) => misfit === null);
  const block = blocks.find(({ fits }) => fits);
  if (layer !== undefined) return taken(() => pickLayer(layer));
  if (block !== undefined) return taken(() => pickBlock(block));
  const otherLayer = layers.find(({ elsewhere }) => elsewhere !== null);
  const otherBlock = blocks.find(({ elsewhere }) => elsewhere !== null);
  if (otherLayer !== undefined) return taken(() => pickLayer(otherLayer));
  if (otherBlock !== undefined) return taken(() => pickBlock(otherBlock));
  return false;
}

function taken(pick: () => void): true {
  pick();
  return true;
}
