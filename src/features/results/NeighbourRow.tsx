import { cellsOf } from '../../core/dataset/rows.ts';
import { classNameOf, type DatasetSpec, sampleBytesOf } from '../../core/dataset/spec.ts';
import { decimalText } from '../../core/text/number-text.ts';
import { PixelImage } from '../../ui/image/PixelImage.tsx';
import { imageSizeOf } from '../../ui/image/pixels.ts';
import { RowTable } from '../../ui/matrix/RowTable.tsx';
import { usePixels } from '../use-pixels.ts';
import '../near.css';
import type { Neighbour } from './use-neighbours.ts';

/** Props of {@link NeighbourRow}. */
export interface NeighbourRowProps {
  readonly dataset: DatasetSpec;
  readonly neighbours: readonly Neighbour[];
  /** The true class of the sample whose neighbours they are; those of another one stand out. */
  readonly label: number;
}

/** Training samples with their labels, the nearest first. */
export function NeighbourRow({ dataset, neighbours, label: truth }: NeighbourRowProps) {
  const images = usePixels(
    'train',
    neighbours.map(({ index }) => index),
    dataset,
  );
  const { samples, words } = dataset;
  const bytes = sampleBytesOf(dataset);
  const found = neighbours.map((neighbour) => ({ ...neighbour, name: classNameOf(dataset, neighbour.label) }));
  if (samples.kind === 'table') {
    const cells = images === undefined ? [] : cellsOf(samples, images);
    return (
      <RowTable
        label={`Nearest training ${words.sample.many}`}
        samples={samples}
        heads={['Class', 'Distance']}
        rows={found.map(({ index, label, name, distance }, i) => ({
          key: index,
          name,
          cells: cells[i],
          remarks: [
            { text: name, value: name, strong: label !== truth },
            { text: decimalText(distance, 2), value: distance },
          ],
        }))}
      />
    );
  }
  return (
    <div className="near">
      {found.map(({ index, label, name }, i) => (
        <figure key={index}>
          <PixelImage pixels={images?.subarray(i * bytes, (i + 1) * bytes)} size={imageSizeOf(dataset)} label={name} />
          <figcaption className={label === truth ? undefined : 'is-other'}>{name}</figcaption>
        </figure>
      ))}
    </div>
  );
}
