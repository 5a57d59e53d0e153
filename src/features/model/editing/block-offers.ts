import type { DatasetSpec } from '../../../core/dataset/spec.ts';
import { BLOCKS, type BlockKind, blockEdits } from '../../../core/network/blocks.ts';
import { type Analysis, analyse } from '../../../core/network/graph.ts';
import { applyEdit, type Edit, type Network } from '../../../core/network/network.ts';
import { nameAbove, otherPlaces } from '../../../core/network/places.ts';
import { shapeText } from '../../../core/network/shape.ts';
import { needsOf } from './misfit-words.ts';
import { addsNoError, arrivalAt } from './offers.ts';

/** How a block is to be inserted. */
export interface BlockWish {
  readonly filters: number;
  /** How many of them, one behind the other. */
  readonly times: number;
}

/** A block as the palette offers it for one place of the network. */
export interface BlockOffer {
  readonly title: string;
  readonly purpose: string;
  readonly edits: readonly Edit[];
  /** The output there, as `→ 14×14×64`; or what is missing. */
  readonly effect: string;
  readonly fits: boolean;
  /** Another place for what does not fit this one, with the edits that insert it there; null where there is none. */
  readonly elsewhere: { readonly above: string; readonly edits: readonly Edit[] } | null;
}

/** Blocks as people ask for them: a residual block comes with and without halving the image. */
const CHOICES: readonly { readonly kind: BlockKind; readonly downsample: boolean; readonly title: string }[] = [
  { kind: 'convolution', downsample: false, title: BLOCKS.convolution.title },
  { kind: 'vgg', downsample: true, title: BLOCKS.vgg.title },
  { kind: 'residual', downsample: false, title: BLOCKS.residual.title },
  { kind: 'residual', downsample: true, title: `${BLOCKS.residual.title}, halving` },
  { kind: 'transformer', downsample: false, title: BLOCKS.transformer.title },
];

/** How many other places are tried for a block that does not fit: each time the whole network is analysed. */
const MOST_TRIED = 6;

/** The blocks that may be inserted before layer `index`. Those that do not fit say where they would. */
export function blockOffersAt(analysis: Analysis, index: number, { filters, times }: BlockWish): readonly BlockOffer[] {
  const { layers, dataset } = analysis;
  const network = { layers: layers.map(({ spec }) => spec) };
  return CHOICES.map(({ kind, downsample, title }) => {
    const editsAt = (at: number) => blockEdits(network, dataset, at, kind, { filters, downsample }, times);
    const edits = editsAt(index);
    const outcome = outcomeOf(network, dataset, index, edits);
    const elsewhere = outcome.fits
      ? null
      : elsewhereFor(analysis, network, index, { editsAt, axes: BLOCKS[kind].axes });
    return { title, purpose: BLOCKS[kind].purpose, edits, ...outcome, elsewhere };
  });
}

function elsewhereFor(
  analysis: Analysis,
  network: Network,
  index: number,
  { editsAt, axes }: { readonly editsAt: (at: number) => readonly Edit[]; readonly axes: number },
): BlockOffer['elsewhere'] {
  const ways = otherPlaces(analysis, index)
    .filter((at) => arrivalAt(analysis, at)?.length === axes)
    .slice(0, MOST_TRIED);
  for (const at of ways) {
    const edits = editsAt(at);
    const { fits } = outcomeOf(network, analysis.dataset, at, edits);
    if (fits && addsNoError(analysis, network, edits)) return { above: nameAbove(analysis, at), edits };
  }
  return null;
}

function outcomeOf(
  network: Network,
  dataset: DatasetSpec,
  index: number,
  edits: readonly Edit[],
): Pick<BlockOffer, 'effect' | 'fits'> {
  const inserted = analyse(edits.reduce(applyEdit, network), dataset).layers.slice(index, index + edits.length);
  const output = inserted.at(-1)?.output ?? null;
  if (output !== null) return { effect: `→ ${shapeText(output)}`, fits: true };
  const error = inserted.flatMap(({ issues }) => issues).find(({ severity }) => severity === 'error');
  return error === undefined ? { effect: 'waiting', fits: true } : { effect: needsOf(error.code), fits: false };
}
