import { classNames } from '../../../ui/base/class-names.ts';
import type { LayerTone } from '../../../ui/card/LayerCard.tsx';

/** Props of {@link PaletteOption}. */
export interface PaletteOptionProps {
  readonly title: string;
  readonly summary: string;
  readonly effect: string;
  readonly tone: LayerTone;
  /** What it does, or why it does not fit, in a sentence. */
  readonly about: string;
  readonly fits: boolean;
  /** What it goes behind where it does not fit here; null where it fits nowhere. */
  readonly elsewhere: string | null;
  readonly onPick: () => void;
}

/** One line of the palette. What does not fit stays in the list, says why, and goes where it fits. */
export function PaletteOption(props: PaletteOptionProps) {
  const { title, summary, effect, tone, about, fits, elsewhere, onPick } = props;
  const isPickable = fits || elsewhere !== null;
  return (
    <button
      type="button"
      className={classNames('opt', `k-${tone}`, !fits && elsewhere !== null && 'is-elsewhere')}
      title={about}
      aria-disabled={!isPickable}
      onClick={() => isPickable && onPick()}
    >
      <span className="tick" />
      <span className="opt-name">
        {title} <i>{summary}</i>
      </span>
      <small>{effect}</small>
      {!fits && elsewhere !== null && <span className="opt-place">fits after {elsewhere}</span>}
    </button>
  );
}
