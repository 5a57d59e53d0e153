import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { definitionOf } from '../../core/layers/registry.ts';
import { createLayer, freeId } from '../../core/network.ts';
import { classNames } from '../../ui/class-names.ts';
import { useFloating } from '../../ui/float/use-floating.ts';
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
  const close = () => {
    if (anchor instanceof HTMLElement) anchor.focus();
    setAnchor(null);
  };
  return (
    <>
      {children(({ currentTarget }) => setAnchor(anchor === null ? currentTarget : null))}
      {anchor !== null && <Offers anchor={anchor} index={index} onInsert={onInsert} onClose={close} />}
    </>
  );
}

interface OffersProps {
  readonly anchor: Element;
  readonly index: number;
  readonly onInsert: (id: string) => void;
  readonly onClose: () => void;
}

/** The list itself: type to narrow it, arrow keys to move, Enter to insert, Escape to close. */
function Offers({ anchor, index, onInsert, onClose }: OffersProps) {
  const { draft } = useLab();
  const network = useDraft((state) => state.network);
  const analysis = useAnalysis();
  const [search, setSearch] = useState('');
  const float = useFloating<HTMLDivElement>(anchor, { side: 'below', align: 'center' });
  useClosing(float, anchor, onClose);
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
    <div
      className="pop palette"
      popover="manual"
      role="dialog"
      aria-label="Insert a layer"
      ref={float}
      onKeyDown={moveFocus}
    >
      <input
        className="inp"
        autoFocus
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
    </div>
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

/** Closes on Escape, and on a press outside of the list and of its button. */
function useClosing(float: { readonly current: HTMLElement | null }, anchor: Element, onClose: () => void) {
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const onPress = ({ target }: PointerEvent) => {
      const inside = target instanceof Node && (float.current?.contains(target) || anchor.contains(target));
      if (!inside) close.current();
    };
    const onKey = ({ key }: globalThis.KeyboardEvent) => key === 'Escape' && close.current();
    addEventListener('pointerdown', onPress);
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('pointerdown', onPress);
      removeEventListener('keydown', onKey);
    };
  }, [float, anchor]);
}

/** Up and down walk through the search field and the offers. */
function moveFocus(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, button')];
  const at = stops.findIndex((stop) => stop.matches(':focus'));
  stops[(at + step + stops.length) % stops.length]?.focus();
}
