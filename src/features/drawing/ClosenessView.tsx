import { className } from '../../core/dataset/classes.ts';
import { IMAGE_BYTES } from '../../core/dataset/stream-events.ts';
import type { LabelledNeighbours } from '../../core/explaining/nearest.ts';
import type { Change } from '../../core/imaging/drawing-changes.ts';
import type { Closeness } from '../../state/closeness.ts';
import { Hint } from '../../ui/card/Notice.tsx';
import { LinkButton } from '../../ui/form/Button.tsx';
import { PixelImage } from '../../ui/image/PixelImage.tsx';
import { usePixels } from '../use-pixels.ts';
import '../../ui/image/gallery.css';

const WORDS: { readonly [Name in Change]: string } = {
  mirrored: 'Mirror it',
  centred: 'Centre it',
  enlarged: 'Enlarge it',
  filled: 'Fill it',
};

/** Props of {@link ClosenessView}. */
export interface ClosenessViewProps {
  readonly closeness: Closeness;
  /** Called with the image [28, 28] that replaces the drawing. */
  readonly onChange: (image: Uint8Array) => void;
}

/** A warning when the drawing is unlike the data, with the change that would help, and the garments nearest to it. */
export function ClosenessView({ closeness: { text, better, neighbours }, onChange }: ClosenessViewProps) {
  return (
    <>
      {text !== null && (
        <Hint>
          {text}{' '}
          {better !== null && <LinkButton onClick={() => onChange(better.pixels)}>{WORDS[better.change]}</LinkButton>}
        </Hint>
      )}
      <div className="sub nearest-head">
        <h3>Nearest training images</h3>
      </div>
      <Nearest neighbours={neighbours} />
    </>
  );
}

function Nearest({ neighbours: { indices, labels } }: { readonly neighbours: LabelledNeighbours }) {
  const pixels = usePixels('train', [...indices]);
  const found = Array.from(indices, (index, i) => ({ index, name: className(labels[i] ?? 0) }));
  return (
    <div className="near">
      {found.map(({ index, name }, i) => (
        <figure key={index}>
          <PixelImage pixels={pixels?.subarray(i * IMAGE_BYTES, (i + 1) * IMAGE_BYTES)} label={name} />
          <figcaption>{name.replace('/top', '')}</figcaption>
        </figure>
      ))}
    </div>
  );
}
