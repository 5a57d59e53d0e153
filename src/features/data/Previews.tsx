import { PixelImage } from '../../ui/image/PixelImage.tsx';
import type { ImageSize } from '../../ui/image/pixels.ts';

/** A sample as it would be, of a class. */
export interface PreviewSample {
  readonly label: number;
  readonly pixels: ArrayLike<number>;
}

/** Props of {@link Previews}. */
export interface PreviewsProps {
  /** Name and number of samples of each class. */
  readonly classes: readonly { readonly name: string; readonly count: number | null }[];
  readonly samples: readonly PreviewSample[];
  readonly size: ImageSize;
}

/** The classes that were found, with some samples as the network would see them. */
export function Previews({ classes, samples, size }: PreviewsProps) {
  return (
    <ul className="found-classes" aria-label="Classes found">
      {classes.map(({ name, count }, label) => (
        <li key={name}>
          <b title={name}>{name}</b>
          {count !== null && <span className="num">{count.toLocaleString('en-US')}</span>}
          <span className="found-samples">
            {samples.map(
              (sample, place) =>
                sample.label === label && (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the samples of a survey stay where they are.
                  <PixelImage key={place} pixels={sample.pixels} size={size} label={name} />
                ),
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
