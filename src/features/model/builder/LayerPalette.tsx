import { type KeyboardEvent, useState } from 'react';
import { definitionOf } from '../../../core/network/layers/registry.ts';
import { nameAbove } from '../../../core/network/places.ts';
import { shapeText } from '../../../core/network/shape.ts';
import { Icon } from '../../../ui/base/Icon.tsx';
import { Popover } from '../../../ui/overlay/Popover.tsx';
import { useAnalysis } from '../../analysis.ts';
import { arrivalAt, type Offer } from '../editing/offers.ts';
import { usePanelActions } from '../editing/panel-actions.ts';
import { BlockSection } from './BlockSection.tsx';
import { LAYER_TONES } from './layer-tone.ts';
import { PaletteOption } from './PaletteOption.tsx';
import { PALETTE_SECTIONS, SECTION_ORDER } from './palette-sections.ts';
import { takeFirst, usePalette } from './use-palette.ts';

/** Beside the stack where there is room, so that the place in it stays visible. */
const BESIDE = { side: 'right', align: 'center' } as const;

/** Props of {@link LayerPalette}. */
export interface LayerPaletteProps {
  /** Where the new layer goes. */
  readonly index: number;
  /** Whether that very place was asked for; else each kind goes to where it usually belongs. */
  readonly asked: boolean;
  /** What was typed before it was here. */
  readonly typed?: string;
  readonly anchor: Element;
}

/** All kinds of layers, each with the shape that would come out of it there. Type to narrow it; Enter inserts the first. */
export function LayerPalette({ index, asked, typed = '', anchor }: LayerPaletteProps) {
  const { close } = usePanelActions();
  const analysis = useAnalysis();
  const [search, setSearch] = useState(typed);
  const palette = usePalette(index, asked, search);
  const arrival = arrivalAt(analysis, index);
  const arrives =
    arrival === null ? 'The shape at this point is not known yet.' : `${shapeText(arrival)} arrives here.`;
  const onEnter = (event: KeyboardEvent) => {
    // The focus goes to the new card at once, and the same key press would close that again.
    if (event.key === 'Enter' && takeFirst(palette)) event.preventDefault();
  };
  return (
    <Popover className="palette" anchor={anchor} label="Insert a layer" placement={BESIDE} onClose={close}>
      <input
        className="inp"
        placeholder="Type to find a layer"
        aria-label="Find a layer"
        aria-description={`Inserted after ${nameAbove(analysis, index)}. ${arrives}`}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        onKeyDown={onEnter}
      />
      <div className="palette-head">
        <PlaceField index={index} />
        <span>{arrives}</span>
      </div>
      <div className="palette-columns">
        {SECTION_ORDER.map((section) => (
          <Section key={section} name={section} offers={palette.layers} onPick={palette.pickLayer} />
        ))}
        <BlockSection offers={palette.blocks} wish={palette.wish} onWish={palette.setWish} onPick={palette.pickBlock} />
      </div>
    </Popover>
  );
}

/** Chooses the layer that the new one follows. */
function PlaceField({ index }: { readonly index: number }) {
  const { placeAt } = usePanelActions();
  const analysis = useAnalysis();
  const places = [undefined, ...analysis.layers];
  return (
    <label className="palette-place">
      Inserted after
      <span className="selw">
        <select className="sel" value={index} onChange={(event) => placeAt(Number(event.currentTarget.value))}>
          {places.map((above, place) => (
            <option key={above?.spec.id ?? 'input'} value={place}>
              {nameAbove(analysis, place)}
            </option>
          ))}
        </select>
        <Icon name="down" />
      </span>
    </label>
  );
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
          elsewhere={offer.elsewhere?.above ?? null}
          onPick={() => onPick(offer)}
        />
      ))}
    </section>
  );
}
