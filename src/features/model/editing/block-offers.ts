import type { DatasetSpec } from '../../../core/dataset/spec.ts';
import { BLOCKS, type BlockKind, blockEdits } from '../../../core/network/blocks.ts';
import { type Analysis, analyse } from '../../../core/network/graph.ts';
import { applyEdit, type Edit, type Network } from '../../../core/network/network.ts';
import { shapeText } from '../../../core/network/shape.ts';
import { needsOf } from './misfit-words.ts';

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
}

/** Blocks as people ask for them: a residual block comes with and without halving the image. */
const CHOICES: readonly { readonly kind: BlockKind; readonly downsample: boolean; readonly title: string }[] = [
  { kind: 'convolution', downsample: false, title: BLOCKS.convolution.title },
  { kind: 'vgg', downsample: true, title: BLOCKS.vgg.title },
  { kind: 'residual', downsample: false, title: BLOCKS.residual.title },
  { kind: 'residual', downsample: true, title: `${BLOCKS.residual.title}, halving` },
];

/** The blocks that may be inserted before layer `index`. */
export function blockOffersAt(
  { layers, dataset }: Analysis,
  index: number,
  { filters, times }: BlockWish,
): readonly BlockOffer[] {
  const network = { layers: layers.map(({ spec }) => spec) };
  return CHOICES.map(({ kind, downsample, title }) => {
    const edits = blockEdits(network, dataset, index, kind, { filters, downsample }, times);
    return { title, purpose: BLOCKS[kind].purpose, edits, ...outcomeOf(network, dataset, index, edits) };
  });
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
