import { type KeyboardEvent, useState } from 'react';
import { definitionOf } from '../../../core/network/layers/registry.ts';
import { freeId } from '../../../core/network/network.ts';
import { shapeText } from '../../../core/network/shape.ts';
import { Popover } from '../../../ui/overlay/Popover.tsx';
import { useAnalysis } from '../../analysis.ts';
import { useDraft } from '../../lab.tsx';
import { arrivalAt, type Offer, offersAt } from '../editing/offers.ts';
import { usePanelActions } from '../editing/panel-actions.ts';
import { BlockSection } from './BlockSection.tsx';
import { LAYER_TONES } from './layer-tone.ts';
import { PaletteOption } from './PaletteOption.tsx';
import { PALETTE_SECTIONS, SECTION_ORDER } from './palette-sections.ts';

const BELOW = { side: 'below', align: 'center' } as const;

/** Props of {@link LayerPalette}. */
export interface LayerPaletteProps {
  /** Where the new layer goes. */
  readonly index: number;
  readonly anchor: Element;
}

/** All kinds of layers, each with the shape that would come out of it there. Type to narrow it; Enter inserts the first. */
export function LayerPalette({ index, anchor }: LayerPaletteProps) {
  const { close } = usePanelActions();
  const analysis = useAnalysis();
  const insert = useInsert(index);
  const [search, setSearch] = useState('');
  const arrival = arrivalAt(analysis, index);
  const sought = search.trim().toLowerCase();
  const offers = offersAt(analysis, index).filter((offer) => nameOf(offer).includes(sought));
  const onEnter = (event: KeyboardEvent) => {
    const first = offers.find(({ misfit }) => misfit === null);
    if (event.key !== 'Enter' || first === undefined) return;
    // The focus goes to the new card at once, and the same key press would close that again.
    event.preventDefault();
    insert(first);
  };
  return (
    <Popover className="palette" anchor={anchor} label="Insert a layer" placement={BELOW} onClose={close}>
      <p className="palette-head">
        {arrival === null ? 'What arrives here is not known yet.' : `${shapeText(arrival)} arrives here.`}
      </p>
      <input
        className="inp"
        placeholder="Type to find a layer"
        aria-label="Find a layer"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        onKeyDown={onEnter}
      />
      <div className="palette-columns">
        {SECTION_ORDER.map((section) => (
          <Section key={section} name={section} offers={offers} onPick={insert} />
        ))}
        <BlockSection index={index} arrival={arrival} sought={sought} />
      </div>
    </Popover>
  );
}

/** Inserts what is offered, and closes the palette. */
function useInsert(index: number): (offer: Offer) => void {
  const actions = usePanelActions();
  const network = useDraft((state) => state.network);
  return ({ layer, kind, title }) => {
    actions.close();
    actions.insert([{ type: 'insert', index, layer: { ...layer, id: freeId(network, kind) } }], title);
  };
}

/** The text that the search looks through. */
function nameOf({ title, group }: Offer): string {
  return `${title} ${group}`.toLowerCase();
}

interface SectionProps {
  readonly name: string;
  readonly offers: readonly Offer[];
  readonly onPick: (offer: Offer) => void;
}

function Section({ name, offers, onPick }: SectionProps) {
  const own = offers.filter(({ group }) => PALETTE_SECTIONS[group] === name);
  if (own.length === 0) return null;
  return (
    <section aria-label={name}>
      <h3>{name}</h3>
      {own.map((offer) => (
        <PaletteOption
          key={offer.kind}
          {...offer}
          tone={LAYER_TONES[offer.group]}
          about={offer.misfit ?? definitionOf(offer.kind).purpose}
          fits={offer.misfit === null}
          onPick={() => onPick(offer)}
        />
      ))}
    </section>
  );
}
