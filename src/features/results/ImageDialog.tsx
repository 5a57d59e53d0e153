import { type KeyboardEvent, useContext, useMemo } from 'react';
import { CLASS_NAMES, className } from '../../core/dataset/classes.ts';
import type { ImageAnswer } from '../../core/evaluation/mistakes.ts';
import { CLASS_COUNT } from '../../core/network/shape.ts';
import { countText } from '../../core/text/number-text.ts';
import { isSingleKey, keyName } from '../../ui/base/key-name.ts';
import { Button } from '../../ui/form/Button.tsx';
import { PixelImage } from '../../ui/image/PixelImage.tsx';
import { BarList } from '../../ui/matrix/BarList.tsx';
import { Dialog } from '../../ui/overlay/Dialog.tsx';
import { SingleKeysContext } from '../single-keys.ts';
import { FeatureNeighboursSection } from './FeatureNeighboursSection.tsx';
import type { Judged } from './judged.ts';
import { NeighbourRow } from './NeighbourRow.tsx';
import { type QueryImage, usePixelNeighbours } from './use-neighbours.ts';

/** Props of {@link ImageDialog}. */
export interface ImageDialogProps {
  readonly judged: Judged;
  readonly answer: ImageAnswer;
  /** `uint8` pixels [784]; undefined while they are being fetched. */
  readonly pixels: Uint8Array | undefined;
  /** The list that it belongs to. */
  readonly walk: Walk;
  readonly onClose: () => void;
}

/** A list of images that can be gone through one by one. */
export interface Walk {
  /** Counted from 0. */
  readonly place: number;
  readonly count: number;
  readonly onPlace: (place: number) => void;
}

/** One image: what it is, what the network said, and the training images that look or seem to the network most like it. */
export function ImageDialog({ judged, answer, pixels, walk, onClose }: ImageDialogProps) {
  const { row, label, index } = answer;
  const shares = judged.evaluation.probabilities.subarray(row * CLASS_COUNT, (row + 1) * CLASS_COUNT);
  const own = judged.split === 'test' ? null : index;
  const query = useMemo(() => pixels && { pixels, own }, [pixels, own]);
  return (
    <Dialog
      title={`${className(label)}, ${judged.split === 'test' ? 'test' : 'validation'} image ${countText(index)}`}
      actions={
        <>
          <Steps {...walk} />
          <Button variant="outline" onClick={onClose}>
            Close
          </Button>
        </>
      }
      onClose={onClose}
      onKeyDown={useWalkKeys(walk)}
      className="image-dialog"
    >
      <div className="image-detail">
        <PixelImage pixels={pixels} label={className(label)} />
        <BarList label="Probabilities" classes={CLASS_NAMES} shares={shares} />
      </div>
      {query && <Nearest query={query} answer={answer} />}
    </Dialog>
  );
}

/** To the image before and to the next one, and where in the list this one is. */
function Steps({ place, count, onPlace }: Walk) {
  if (count < 2) return null;
  return (
    <>
      <Button
        variant="outline"
        blocked={place === 0 ? 'This is the first one' : undefined}
        onClick={() => onPlace(place - 1)}
      >
        Previous
      </Button>
      <Button
        variant="outline"
        kbd="N"
        blocked={place === count - 1 ? 'This is the last one' : undefined}
        onClick={() => onPlace(place + 1)}
      >
        Next
      </Button>
      <span className="walk-place num">
        {countText(place + 1)} of {countText(count)}
      </span>
    </>
  );
}

/** N and Shift N, where single keys work, and the arrow keys go through the list. */
function useWalkKeys({ place, count, onPlace }: Walk) {
  const singleKeys = useContext(SingleKeysContext);
  return (event: KeyboardEvent) => {
    const name = keyName(event);
    const by = STEPS.get(name);
    if (by === undefined || (isSingleKey(name) && !singleKeys)) return;
    event.preventDefault();
    onPlace(Math.min(Math.max(place + by, 0), count - 1));
  };
}

const STEPS: ReadonlyMap<string, number> = new Map([
  ['N', 1],
  ['Shift+N', -1],
  ['ArrowRight', 1],
  ['ArrowLeft', -1],
]);

/** The training images nearest to an image, other than itself: by what they look like, and by what the network makes of them. */
function Nearest({
  query,
  answer: { label, predicted },
}: {
  readonly query: QueryImage;
  readonly answer: ImageAnswer;
}) {
  const nearest = usePixelNeighbours(query);
  return (
    <>
      <h4>Nearest training images, pixel by pixel</h4>
      <p className="near-note">These look alike, dot by dot.</p>
      <NeighbourRow neighbours={nearest} label={label} />
      <h4>Nearest training images, as the network sees them</h4>
      <FeatureNeighboursSection query={query} label={label} predicted={predicted} nearest={nearest} />
    </>
  );
}
