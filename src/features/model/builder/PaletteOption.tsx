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
  readonly onPick: () => void;
}

/** One line of the palette. What does not fit stays in the list, and says why. */
export function PaletteOption({ title, summary, effect, tone, about, fits, onPick }: PaletteOptionProps) {
  return (
    <button
      type="button"
      className={classNames('opt', `k-${tone}`)}
      title={about}
      aria-disabled={!fits}
      onClick={() => fits && onPick()}
    >
      <span className="tick" />
      <span className="opt-name">
        {title} <i>{summary}</i>
      </span>
      <small>{effect}</small>
    </button>
  );
}
