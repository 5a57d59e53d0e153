import { useState } from 'react';
import type { Shape } from '../../../core/network/shape.ts';
import { NumberField } from '../../../ui/form/NumberField.tsx';
import { useAnalysis } from '../../analysis.ts';
import { type BlockOffer, blockOffersAt } from '../editing/block-offers.ts';
import { usePanelActions } from '../editing/panel-actions.ts';
import { PaletteOption } from './PaletteOption.tsx';

const FILTER_STEPS = [8, 16, 32, 64, 128, 256, 512];
const USUAL_FILTERS = 32;

/** Props of {@link BlockSection}. */
export interface BlockSectionProps {
  /** Where the layers go. */
  readonly index: number;
  readonly arrival: Shape | null;
  /** Part of a title, in lower case; the others are left out. */
  readonly sought: string;
}

/** Several layers in one go, so many times. As many filters as channels arrive, until others are asked for. */
export function BlockSection({ index, arrival, sought }: BlockSectionProps) {
  const actions = usePanelActions();
  const analysis = useAnalysis();
  const [asked, setFilters] = useState<number>();
  const [times, setTimes] = useState(1);
  const filters = asked ?? Math.max(USUAL_FILTERS, arrival?.[2] ?? 0);
  const offers = blockOffersAt(analysis, index, { filters, times });
  const found = offers.filter(({ title }) => `${title} block`.toLowerCase().includes(sought));
  if (found.length === 0) return null;
  const pick = ({ edits, title }: BlockOffer) => {
    actions.close();
    actions.insert(edits, times === 1 ? title : `${times} × ${title}`);
  };
  return (
    <section aria-label="Blocks">
      <h3>Blocks</h3>
      <div className="block-wish">
        <NumberField
          label="Filters"
          value={filters}
          min={1}
          max={512}
          integer
          steps={FILTER_STEPS}
          onChange={setFilters}
        />
        <NumberField label="How many in a row" value={times} min={1} max={8} integer onChange={setTimes} />
      </div>
      {found.map((offer) => (
        <PaletteOption
          key={offer.title}
          title={offer.title}
          summary={`${offer.edits.length} layers`}
          effect={offer.effect}
          tone="merge"
          about={offer.purpose}
          fits={offer.fits}
          onPick={() => pick(offer)}
        />
      ))}
    </section>
  );
}
