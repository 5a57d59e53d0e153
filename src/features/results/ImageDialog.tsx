import { type KeyboardEvent, useContext, useMemo } from 'react';
import { cellsOf } from '../../core/dataset/rows.ts';
import { classNameOf, type DatasetSpec } from '../../core/dataset/spec.ts';
import type { ImageAnswer } from '../../core/evaluation/mistakes.ts';
import { countText } from '../../core/text/number-text.ts';
import { outlinesOf } from '../../datasets/capabilities.ts';
import { isSingleKey, keyName } from '../../ui/base/key-name.ts';
import { Button } from '../../ui/form/Button.tsx';
import { PixelImage } from '../../ui/image/PixelImage.tsx';
import { BarList } from '../../ui/matrix/BarList.tsx';
import { CellList } from '../../ui/matrix/CellList.tsx';
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
  /** As it is stored; undefined while it is being fetched. */
  readonly pixels: Uint8Array | undefined;
  /** The list that it belongs to. */
  readonly walk: Walk;
  readonly onClose: () => void;
}

/** A list of samples that can be gone through one by one. */
export interface Walk {
  /** Counted from 0. */
  readonly place: number;
  readonly count: number;
  readonly onPlace: (place: number) => void;
}

/** One sample: what it is, what the network said, and the training samples that look or seem to the network most like it. */
export function ImageDialog({ judged, answer, pixels, walk, onClose }: ImageDialogProps) {
  const { row, label, index } = answer;
  const { dataset, split, evaluation } = judged;
  const { probabilities, classes } = evaluation;
  const shares = probabilities.subarray(row * classes, (row + 1) * classes);
  const name = classNameOf(dataset, label);
  const place = `${dataset.words.sample.one} ${countText(index)}`;
  const own = split === 'test' ? null : index;
  const query = useMemo(() => pixels && { pixels, own }, [pixels, own]);
  return (
    <Dialog
      title={`${name}, ${split === 'test' ? 'test' : 'validation'} ${place}`}
      closeWord="Close"
      actions={<Steps {...walk} />}
      onClose={onClose}
      onKeyDown={useWalkKeys(walk)}
      className="image-dialog"
    >
      <div className="image-detail">
        <Sample dataset={dataset} pixels={pixels} name={name} />
        <BarList
          label="Probabilities"
          classes={dataset.classes}
          outlines={outlinesOf(dataset)}
          shares={shares}
          truth={label}
        />
      </div>
      {query && <Nearest dataset={dataset} query={query} answer={answer} />}
    </Dialog>
  );
}

interface SampleProps {
  readonly dataset: DatasetSpec;
  readonly pixels: Uint8Array | undefined;
  readonly name: string;
}

/** The image, or the cells of the row. */
function Sample({ dataset, pixels, name }: SampleProps) {
  const { samples, words } = dataset;
  if (samples.kind === 'image') return <PixelImage pixels={pixels} size={samples} label={name} />;
  return <CellList label={`The ${words.sample.one}`} samples={samples} cells={pixels && cellsOf(samples, pixels)[0]} />;
}

/** To the sample before and to the next one, and where in the list this one is. */
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

interface NearestProps {
  readonly dataset: DatasetSpec;
  readonly query: QueryImage;
  readonly answer: ImageAnswer;
}

/** What samples are compared by, and what that means. */
const BY_VALUE = {
  image: { how: 'pixel by pixel', note: 'These look alike, pixel by pixel.' },
  table: { how: 'value by value', note: 'These have nearly the same values.' },
} as const;

/** The training samples nearest to another: by their values, and by what the network makes of them. */
function Nearest({ dataset, query, answer: { label, predicted } }: NearestProps) {
  const nearest = usePixelNeighbours(query);
  const { many } = dataset.words.sample;
  const { how, note } = BY_VALUE[dataset.samples.kind];
  return (
    <>
      <h4>{`Nearest training ${many}, ${how}`}</h4>
      <p className="near-note">{note}</p>
      <NeighbourRow dataset={dataset} neighbours={nearest} label={label} />
      <h4>{`Nearest training ${many}, as the network sees them`}</h4>
      <FeatureNeighboursSection dataset={dataset} query={query} label={label} predicted={predicted} nearest={nearest} />
    </>
  );
}
