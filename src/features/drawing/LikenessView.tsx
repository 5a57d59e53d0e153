import { className } from '../../core/classes.ts';
import { IMAGE_BYTES } from '../../core/data-set.ts';
import type { Change } from '../../core/drawing-changes.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Hint } from '../../ui/Notice.tsx';
import { PixelImage } from '../../ui/PixelImage.tsx';
import { usePixels } from '../use-pixels.ts';
import '../../ui/gallery.css';
import type { Likeness, Neighbour } from './use-likeness.ts';

const WORDS: { readonly [Name in Change]: string } = {
  mirrored: 'Mirror it',
  centred: 'Centre it',
  enlarged: 'Enlarge it',
  filled: 'Fill it',
};

/** Props of {@link LikenessView}. */
export interface LikenessViewProps {
  readonly likeness: Likeness;
  /** Hears of the image [28, 28] that the drawing should become. */
  readonly onChange: (image: Uint8Array) => void;
}

/** A warning when the drawing is unlike the data, with the change that would help, and the garments nearest to it. */
export function LikenessView({ likeness: { text, change, neighbours }, onChange }: LikenessViewProps) {
  return (
    <>
      {text !== null && (
        <Hint>
          {text}{' '}
          {change !== null && <LinkButton onClick={() => onChange(change.pixels)}>{WORDS[change.change]}</LinkButton>}
        </Hint>
      )}
      <div className="sub nearest-head">
        <h3>Nearest training images</h3>
      </div>
      <Nearest neighbours={neighbours} />
    </>
  );
}

function Nearest({ neighbours }: { readonly neighbours: readonly Neighbour[] }) {
  const pixels = usePixels(
    'train',
    neighbours.map(({ index }) => index),
  );
  return (
    <div className="near">
      {neighbours.map(({ index, label }, i) => (
        <figure key={index}>
          <PixelImage pixels={pixels?.subarray(i * IMAGE_BYTES, (i + 1) * IMAGE_BYTES)} label={className(label)} />
          <figcaption>{className(label).replace('/top', '')}</figcaption>
        </figure>
      ))}
    </div>
  );
}
