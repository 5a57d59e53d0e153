import { useMemo } from 'react';
import { CLASS_NAMES, className } from '../../core/classes.ts';
import type { ImageAnswer } from '../../core/mistakes.ts';
import { CLASS_COUNT } from '../../core/shape.ts';
import { BarList } from '../../ui/BarList.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { formatCount } from '../../ui/format.ts';
import { PixelImage } from '../../ui/PixelImage.tsx';
import { AlikeSection } from './AlikeSection.tsx';
import type { Judged } from './judged.ts';
import { NeighbourRow } from './NeighbourRow.tsx';
import { type Looked, useNearest } from './use-neighbours.ts';

/** Props of {@link ImageDialog}. */
export interface ImageDialogProps {
  readonly judged: Judged;
  readonly answer: ImageAnswer;
  /** `uint8` pixels [784]; undefined while they are under way. */
  readonly pixels: Uint8Array | undefined;
  readonly onClose: () => void;
}

/** One image: what it is, what the network said, and the training images that look or seem to the network most like it. */
export function ImageDialog({ judged, answer, pixels, onClose }: ImageDialogProps) {
  const { row, label, index } = answer;
  const shares = judged.evaluation.probabilities.subarray(row * CLASS_COUNT, (row + 1) * CLASS_COUNT);
  const own = judged.split === 'test' ? null : index;
  const looked = useMemo(() => pixels && { pixels, own }, [pixels, own]);
  return (
    <Dialog
      title={`${className(label)}, ${judged.split === 'test' ? 'test' : 'validation'} image ${formatCount(index)}`}
      actions={
        <Button variant="outline" onClick={onClose}>
          Close
        </Button>
      }
      onClose={onClose}
      className="image-dialog"
    >
      <div className="image-detail">
        <PixelImage pixels={pixels} label={className(label)} />
        <BarList label="Probabilities" classes={CLASS_NAMES} shares={shares} />
      </div>
      {looked && <Nearest looked={looked} answer={answer} />}
    </Dialog>
  );
}

/** The training images nearest to an image, other than itself: by what they look like, and by what the network makes of them. */
function Nearest({ looked, answer: { label, predicted } }: { readonly looked: Looked; readonly answer: ImageAnswer }) {
  const nearest = useNearest(looked);
  return (
    <>
      <h4>Nearest training images, pixel by pixel</h4>
      <p className="near-note">These look alike, dot by dot.</p>
      <NeighbourRow neighbours={nearest} label={label} />
      <h4>Nearest training images, as the network sees them</h4>
      <AlikeSection looked={looked} label={label} predicted={predicted} nearest={nearest} />
    </>
  );
}
