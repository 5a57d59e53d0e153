import { type KeyboardEvent, useState } from 'react';
import { definitionOf } from '../../core/layers/registry.ts';
import { freeId } from '../../core/network.ts';
import { shapeText } from '../../core/shape.ts';
import { classNames } from '../../ui/class-names.ts';
import { Popover } from '../../ui/Popover.tsx';
import { useAnalysis } from '../analysis.ts';
import { useDraft } from '../lab.tsx';
import { LAYER_TONES } from './layer-tone.ts';
import { arrivalAt, type Offer, offersAt } from './offers.ts';
import { PALETTE_SECTIONS, SECTION_ORDER } from './palette-sections.ts';
import { usePanelActions } from './panel-actions.ts';

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
  const offers = offersAt(analysis, index).filter((offer) => isFound(offer, search));
  const onEnter = (event: KeyboardEvent) => {
    const first = offers.find(({ misfit }) => misfit === null);
    if (event.key !== 'Enter' || first === undefined) return;
    // The focus goes to the new card at once, which the same key would close again.
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
      </div>
      {offers.length === 0 && <p className="muted palette-none">No layer is called that.</p>}
    </Popover>
  );
}

/** Inserts what is offered, and closes the palette. */
function useInsert(index: number): (offer: Offer) => void {
  const actions = usePanelActions();
  const network = useDraft((state) => state.network);
  return ({ layer, kind, title }) => {
    actions.close();
    actions.insert(index, [{ ...layer, id: freeId(network, kind) }], title);
  };
}

function isFound({ title, kind }: Offer, search: string): boolean {
  const sought = search.trim().toLowerCase();
  return `${title} ${definitionOf(kind).group}`.toLowerCase().includes(sought);
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
        <Option key={offer.kind} offer={offer} onPick={onPick} />
      ))}
    </section>
  );
}

/** A kind that does not fit stays in the list, and says why. */
function Option({ offer, onPick }: { readonly offer: Offer; readonly onPick: (offer: Offer) => void }) {
  const { kind, group, title, summary, effect, misfit } = offer;
  return (
    <button
      type="button"
      className={classNames('opt', `k-${LAYER_TONES[group]}`)}
      title={misfit ?? definitionOf(kind).purpose}
      aria-disabled={misfit !== null}
      onClick={() => misfit === null && onPick(offer)}
    >
      <span className="tick" />
      <span className="opt-name">
        {title} <i>{summary}</i>
      </span>
      <small>{effect}</small>
    </button>
  );
}
