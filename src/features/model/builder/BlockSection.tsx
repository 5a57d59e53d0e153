import { NumberField } from '../../../ui/form/NumberField.tsx';
import type { BlockOffer, BlockWish } from '../editing/block-offers.ts';
import { PaletteOption } from './PaletteOption.tsx';

const FILTER_STEPS = [8, 16, 32, 64, 128, 256, 512];

/** Props of {@link BlockSection}. */
export interface BlockSectionProps {
  readonly offers: readonly BlockOffer[];
  readonly wish: BlockWish;
  readonly onWish: (wish: Partial<BlockWish>) => void;
  readonly onPick: (offer: BlockOffer) => void;
}

/** Several layers in one go, so many times. */
export function BlockSection({ offers, wish, onWish, onPick }: BlockSectionProps) {
  if (offers.length === 0) return null;
  return (
    <section aria-label="Blocks">
      <h3>Blocks</h3>
      <div className="block-wish">
        <NumberField
          label="Filters"
          value={wish.filters}
          min={1}
          max={512}
          integer
          steps={FILTER_STEPS}
          onChange={(filters) => onWish({ filters })}
        />
        <NumberField
          label="How many in a row"
          value={wish.times}
          min={1}
          max={8}
          integer
          onChange={(times) => onWish({ times })}
        />
      </div>
      {offers.map((offer) => (
        <PaletteOption
          key={offer.title}
          title={offer.title}
          summary={`${offer.edits.length} layers`}
          effect={offer.effect}
          tone="merge"
          about={offer.purpose}
          fits={offer.fits}
          elsewhere={offer.elsewhere?.above ?? null}
          onPick={() => onPick(offer)}
        />
      ))}
    </section>
  );
}
