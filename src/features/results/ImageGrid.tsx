import { type ReactNode, useState } from 'react';
import { classNameOf, type DatasetSpec, sampleBytesOf } from '../../core/dataset/spec.ts';
import type { ImageAnswer } from '../../core/evaluation/mistakes.ts';
import { percentText } from '../../core/text/number-text.ts';
import { LinkButton } from '../../ui/form/Button.tsx';
import { PixelButton } from '../../ui/image/PixelImage.tsx';
import { imageSizeOf } from '../../ui/image/pixels.ts';
import { usePixels } from '../use-pixels.ts';
import type { Judged } from './judged.ts';
import { ownRemarks, RowGrid, type RowRemarks } from './RowGrid.tsx';
import './gallery.css';
import { part } from '../../ui/card/part.tsx';

const ImageDialog = part(async () => (await import('./ImageDialog.tsx')).ImageDialog, { missing: 'dialog' });

/** Props of {@link ImageGrid}. */
export interface ImageGridProps<Answer extends ImageAnswer> {
  readonly judged: Judged;
  readonly answers: readonly Answer[];
  /** How many are fetched and shown at first; each press of the button below shows four times as many more. */
  readonly page: number;
  readonly className: 'gallery' | 'strip-grid';
  readonly caption: (answer: Answer) => ReactNode;
  /** The name of an image for screen readers; without it, what the network took it for and how sure it was. */
  readonly nameOf?: (answer: Answer) => string;
  /** What stands beside the cells where samples are rows; without it, the classes and how sure the network was. */
  readonly remarks?: RowRemarks<Answer>;
}

/** Samples with what the network said of them: images, or rows of a table. Pressing one opens it. */
export function ImageGrid<Answer extends ImageAnswer>(props: ImageGridProps<Answer>) {
  const { judged, answers, page, nameOf, remarks } = props;
  const { dataset } = judged;
  const { samples } = dataset;
  const [opened, setOpened] = useState<Opened>();
  if (samples.kind === 'image') return <Tiles {...props} />;
  return (
    <RowGrid
      {...{ judged, samples, answers, page }}
      remarks={remarks ?? ownRemarks(dataset)}
      nameOf={nameOf ?? ((answer) => answerName(answer, dataset))}
      onOpen={(place, order) => setOpened({ judged, answers: order, place, shown: undefined })}
    >
      {opened && <OpenedImage {...opened} onClose={() => setOpened(undefined)} />}
    </RowGrid>
  );
}

function Tiles<Answer extends ImageAnswer>(props: ImageGridProps<Answer>) {
  const { judged, answers, page, className: classes, caption } = props;
  const { dataset } = judged;
  const { nameOf = (answer: Answer) => answerName(answer, dataset) } = props;
  const bytes = sampleBytesOf(dataset);
  const [shown, setShown] = useState(page);
  const [opened, setOpened] = useState<Opened>();
  const visible = answers.slice(0, shown);
  const pixels = usePixels(
    judged.split,
    visible.map(({ index }) => index),
    dataset,
  );
  const pixelsAt = (i: number) => pixels?.subarray(i * bytes, (i + 1) * bytes);
  return (
    <>
      <div className={classes}>
        {visible.map((answer, i) => (
          <figure key={answer.index}>
            <PixelButton
              pixels={pixelsAt(i)}
              size={imageSizeOf(dataset)}
              label={nameOf(answer)}
              onClick={() => setOpened({ judged, answers, place: i, shown: pixelsAt(i) })}
            />
            <figcaption>{caption(answer)}</figcaption>
          </figure>
        ))}
      </div>
      {answers.length > shown && (
        <p className="results-row">
          <LinkButton onClick={() => setShown(shown + 4 * page)}>Show more</LinkButton>
        </p>
      )}
      {opened && <OpenedImage {...opened} onClose={() => setOpened(undefined)} />}
    </>
  );
}

/** Images with the answers at the time one was opened: by now a run may get them right, or be evaluated on others. */
interface Opened {
  readonly judged: Judged;
  readonly answers: readonly ImageAnswer[];
  /** Which of them was pressed. */
  readonly place: number;
  /** As it is stored, if it was there. */
  readonly shown: Uint8Array | undefined;
}

/** One of them, and from there the others one by one. An image stays until the pixels of the next are there. */
function OpenedImage({ judged, answers, place: pressed, shown, onClose }: Opened & { readonly onClose: () => void }) {
  const [place, setPlace] = useState(pressed);
  const [seen, setSeen] = useState({ answer: answers[pressed], pixels: shown });
  const wanted = answers[place];
  const fetched = usePixels(judged.split, wanted ? [wanted.index] : [], judged.dataset);
  if (fetched !== undefined && (seen.answer !== wanted || seen.pixels === undefined)) {
    setSeen({ answer: wanted, pixels: fetched });
  }
  if (seen.answer === undefined) return null;
  const walk = { place, count: answers.length, onPlace: setPlace };
  return <ImageDialog judged={judged} answer={seen.answer} pixels={seen.pixels} walk={walk} onClose={onClose} />;
}

function answerName({ label, predicted, confidence }: ImageAnswer, dataset: DatasetSpec): string {
  const sure = percentText(confidence, 0).replace('\u202f', ' ');
  const name = classNameOf(dataset, label);
  if (label === predicted) return `${name}, recognised, ${sure} sure`;
  return `${name} taken for ${classNameOf(dataset, predicted)}, ${sure} sure`;
}
