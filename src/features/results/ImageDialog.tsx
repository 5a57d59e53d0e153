import { useEffect, useState } from 'react';
import { CLASS_NAMES, className } from '../../core/classes.ts';
import { IMAGE_BYTES } from '../../core/data-set.ts';
import type { ImageAnswer } from '../../core/mistakes.ts';
import type { LabelledNeighbours } from '../../core/nearest.ts';
import { CLASS_COUNT } from '../../core/shape.ts';
import { BarList } from '../../ui/BarList.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { formatCount } from '../../ui/format.ts';
import { PixelImage } from '../../ui/PixelImage.tsx';
import { useLab } from '../lab.tsx';
import { usePixels } from '../use-pixels.ts';
import type { Judged } from './judged.ts';

/** How many nearest training images are shown; one more is asked for, because a training image is nearest to itself. */
const NEAREST = 6;

/** Props of {@link ImageDialog}. */
export interface ImageDialogProps {
  readonly judged: Judged;
  readonly answer: ImageAnswer;
  /** `uint8` pixels [784]; undefined while they are under way. */
  readonly pixels: Uint8Array | undefined;
  readonly onClose: () => void;
}

/** One image: what it is, what the network said, and the training images that look most like it. */
export function ImageDialog({ judged, answer, pixels, onClose }: ImageDialogProps) {
  const { row, label, index } = answer;
  const shares = judged.evaluation.probabilities.subarray(row * CLASS_COUNT, (row + 1) * CLASS_COUNT);
  const own = judged.split === 'test' ? null : index;
  return (
    <Dialog
      title={`${className(label)}, ${judged.split === 'test' ? 'test' : 'validation'} image ${formatCount(index)}`}
      actions={
        <Button variant="outline" onClick={onClose}>
          Close
        </Button>
      }
      onClose={onClose}
    >
      <div className="image-detail">
        <PixelImage pixels={pixels} label={className(label)} />
        <BarList label="Probabilities" classes={CLASS_NAMES} shares={shares} />
      </div>
      <h4>Nearest training images, pixel by pixel</h4>
      {pixels && <Nearest pixels={pixels} own={own} />}
    </Dialog>
  );
}

/** The training images nearest to an image, other than itself. */
function Nearest({ pixels, own }: { readonly pixels: Uint8Array; readonly own: number | null }) {
  const { findNearest } = useLab();
  const [neighbours, setNeighbours] = useState<LabelledNeighbours | null>(null);
  useEffect(() => {
    let current = true;
    void findNearest(pixels.slice(), NEAREST + 1).then((found) => {
      if (current) setNeighbours(found);
    });
    return () => {
      current = false;
    };
  }, [pixels, findNearest]);
  const found = Array.from(neighbours?.indices ?? [], (index, i) => ({ index, label: neighbours?.labels[i] ?? 0 }));
  const others = found.filter(({ index }) => index !== own).slice(0, NEAREST);
  const images = usePixels(
    'train',
    others.map(({ index }) => index),
  );
  return (
    <div className="near">
      {others.map(({ index, label }, i) => (
        <figure key={index}>
          <PixelImage pixels={images?.subarray(i * IMAGE_BYTES, (i + 1) * IMAGE_BYTES)} label={className(label)} />
          <figcaption>{className(label)}</figcaption>
        </figure>
      ))}
    </div>
  );
}
