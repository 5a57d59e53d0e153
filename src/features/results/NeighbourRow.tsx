import { className } from '../../core/dataset/classes.ts';
import { IMAGE_BYTES } from '../../core/dataset/stream-events.ts';
import { PixelImage } from '../../ui/image/PixelImage.tsx';
import { usePixels } from '../use-pixels.ts';
import type { Neighbour } from './use-neighbours.ts';

/** Props of {@link NeighbourRow}. */
export interface NeighbourRowProps {
  readonly neighbours: readonly Neighbour[];
  /** The true class of the image whose neighbours they are; those of another one stand out. */
  readonly label: number;
}

/** Training images with their labels, the nearest first. */
export function NeighbourRow({ neighbours, label: truth }: NeighbourRowProps) {
  const images = usePixels(
    'train',
    neighbours.map(({ index }) => index),
  );
  return (
    <div className="near">
      {neighbours.map(({ index, label }, i) => (
        <figure key={index}>
          <PixelImage pixels={images?.subarray(i * IMAGE_BYTES, (i + 1) * IMAGE_BYTES)} label={className(label)} />
          <figcaption className={label === truth ? undefined : 'is-other'}>{className(label)}</figcaption>
        </figure>
      ))}
    </div>
  );
}
