import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { definitionOf } from '../../core/layers/registry.ts';
import { createLayer, freeId } from '../../core/network.ts';
import { classNames } from '../../ui/class-names.ts';
import { Popover } from '../../ui/Popover.tsx';
import { useAnalysis } from '../analysis.ts';
import { useDraft, useLab } from '../lab.tsx';
import { LAYER_TONES } from './layer-tone.ts';
import { type Offer, offersAt } from './offers.ts';

/** Props of {@link LayerPalette}. */
export interface LayerPaletteProps {
  /** Where the new layer goes. */
  readonly index: number;
  /** Hears of the new layer's id. */
  readonly onInsert: (id: string) => void;
  /** The button that opens the palette. */
  readonly children: (toggle: (event: { readonly currentTarget: Element }) => void) => ReactNode;
}

/** A button that opens a list of all kinds of layers, each with the shape that would come out of it there. */
export function LayerPalette({ index, onInsert, children }: LayerPaletteProps) {
  const [anchor, setAnchor] = useState<Element | null>(null);
  const close = () => setAnchor(null);
  return (
    <>
      {children(({ currentTarget }) => setAnchor(anchor === null ? currentTarget : null))}
      {anchor !== null && (
        <Popover className="palette" anchor={anchor} label="Insert a layer" placement={BELOW} onClose={close}>
          <Offers index={index} onInsert={onInsert} onClose={close} />
        </Popover>
      )}
    </>
  );
}

const BELOW = { side: 'below', align: 'center' } as const;

interface OffersProps {
  readonly index: number;
  readonly onInsert: (id: string) => void;
  readonly onClose: () => void;
}

/** The list itself: type to narrow it, Enter inserts the first. */
function Offers({ index, onInsert, onClose }: OffersProps) {
  const { draft } = useLab();
  const network = useDraft((state) => state.network);
  const analysis = useAnalysis();
  const [search, setSearch] = useState('');
  const offers = offersAt(analysis, index).filter(({ title }) => title.toLowerCase().includes(search.toLowerCase()));
  const insert = ({ kind, title }: Offer) => {
    const id = freeId(network, kind);
    draft.edit([{ type: 'insert', index, layer: createLayer(kind, id) }], `insert ${title}`);
    onInsert(id);
    onClose();
  };
  const onEnter = (event: KeyboardEvent) => {
    const first = offers[0];
    if (event.key === 'Enter' && first !== undefined) insert(first);
  };
  return (
    <>
      <input
        className="inp"
        placeholder="Type to find a layer"
        aria-label="Find a layer"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        onKeyDown={onEnter}
      />
      {offers.map((offer) => (
        <Option key={offer.kind} offer={offer} onPick={insert} />
      ))}
      {offers.length === 0 && <p className="muted palette-none">No layer is called that.</p>}
    </>
  );
}

function Option({ offer, onPick }: { readonly offer: Offer; readonly onPick: (offer: Offer) => void }) {
  const { kind, title, summary, effect, fits } = offer;
  return (
    <button
      type="button"
      className={classNames('opt', `k-${LAYER_TONES[definitionOf(kind).group]}`, !fits && 'is-unfit')}
      title={definitionOf(kind).purpose}
      onClick={() => onPick(offer)}
    >
      <span className="tick" />
      {title} {summary}
      <small>{effect}</small>
    </button>
  );
}
