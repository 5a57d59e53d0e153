import { at } from '../../core/at.ts';
import { classNameOf, type DatasetSpec, sampleSizeOf } from '../../core/dataset/spec.ts';
import type { LabelledNeighbours } from '../../core/explaining/nearest.ts';
import type { Change } from '../../core/imaging/drawing-changes.ts';
import type { NearestSamples } from '../../state/nearest-samples.ts';
import { Hint } from '../../ui/card/Notice.tsx';
import { LinkButton } from '../../ui/form/Button.tsx';
import { PixelImage } from '../../ui/image/PixelImage.tsx';
import { imageSizeOf } from '../../ui/image/pixels.ts';
import { usePixels } from '../use-pixels.ts';
import '../near.css';

const WORDS: { readonly [Name in Change]: string } = {
  mirrored: 'Mirror it',
  centred: 'Centre it',
  enlarged: 'Enlarge it',
  filled: 'Fill it',
};

/** Props of {@link UnlikeNote}. */
export interface UnlikeNoteProps {
  readonly nearest: NearestSamples;
  /** Called with the image [height, width] that replaces the drawing. */
  readonly onChange: (image: Uint8Array) => void;
}

/** A warning when the drawing is unlike the data, with the change that would help. */
export function UnlikeNote({ nearest: { text, better }, onChange }: UnlikeNoteProps) {
  if (text === null) return null;
  return (
    <Hint>
      {text}{' '}
      {better !== null && <LinkButton onClick={() => onChange(better.pixels)}>{WORDS[better.change]}</LinkButton>}
    </Hint>
  );
}

/** Props of {@link NearestImages}. */
export interface NearestImagesProps {
  readonly dataset: DatasetSpec;
  readonly neighbours: LabelledNeighbours;
}

/** The training images nearest to the drawing. */
export function NearestImages({ dataset, neighbours }: NearestImagesProps) {
  return (
    <>
      <div className="sub nearest-head">
        <h3>Nearest training images</h3>
      </div>
      <Nearest dataset={dataset} neighbours={neighbours} />
    </>
  );
}

function Nearest({ dataset, neighbours: { indices, labels } }: NearestImagesProps) {
  const size = sampleSizeOf(dataset);
  const pixels = usePixels('train', [...indices]);
  const found = Array.from(indices, (index, i) => ({ index, name: classNameOf(dataset, at(labels, i)) }));
  return (
    <div className="near">
      {found.map(({ index, name }, i) => (
        <figure key={index}>
          <PixelImage size={imageSizeOf(dataset)} pixels={pixels?.subarray(i * size, (i + 1) * size)} label={name} />
          <figcaption>{name.split('/')[0]}</figcaption>
        </figure>
      ))}
    </div>
  );
}
