import { lazy, type ReactNode, Suspense, useState } from 'react';
import { className } from '../../core/dataset/classes.ts';
import { IMAGE_BYTES } from '../../core/dataset/stream-events.ts';
import type { ImageAnswer } from '../../core/evaluation/mistakes.ts';
import { percentText } from '../../core/text/number-text.ts';
import { LinkButton } from '../../ui/form/Button.tsx';
import { PixelButton } from '../../ui/image/PixelImage.tsx';
import { usePixels } from '../use-pixels.ts';
import type { Judged } from './judged.ts';
import '../../ui/image/gallery.css';

const ImageDialog = lazy(() => import('./ImageDialog.tsx').then((module) => ({ default: module.ImageDialog })));

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
}

/** Images with what the network said of them. Pressing one opens it. */
export function ImageGrid<Answer extends ImageAnswer>(props: ImageGridProps<Answer>) {
  const { judged, answers, page, className: classes, caption, nameOf = answerName } = props;
  const [shown, setShown] = useState(page);
  const [opened, setOpened] = useState<Opened>();
  const visible = answers.slice(0, shown);
  const pixels = usePixels(
    judged.split,
    visible.map(({ index }) => index),
  );
  const pixelsAt = (i: number) => pixels?.subarray(i * IMAGE_BYTES, (i + 1) * IMAGE_BYTES);
  return (
    <>
      <div className={classes}>
        {visible.map((answer, i) => (
          <figure key={answer.index}>
            <PixelButton
              pixels={pixelsAt(i)}
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
  /** Its pixels [784], if they were there. */
  readonly shown: Uint8Array | undefined;
}

/** One of them, and from there the others one by one. An image stays until the pixels of the next are there. */
function OpenedImage({ judged, answers, place: pressed, shown, onClose }: Opened & { readonly onClose: () => void }) {
  const [place, setPlace] = useState(pressed);
  const [seen, setSeen] = useState({ answer: answers[pressed], pixels: shown });
  const wanted = answers[place];
  const fetched = usePixels(judged.split, wanted ? [wanted.index] : []);
  if (fetched !== undefined && (seen.answer !== wanted || seen.pixels === undefined)) {
    setSeen({ answer: wanted, pixels: fetched });
  }
  if (seen.answer === undefined) return null;
  const walk = { place, count: answers.length, onPlace: setPlace };
  return (
    <Suspense>
      <ImageDialog judged={judged} answer={seen.answer} pixels={seen.pixels} walk={walk} onClose={onClose} />
    </Suspense>
  );
}

function answerName({ label, predicted, confidence }: ImageAnswer): string {
  const sure = percentText(confidence, 0).replace('\u202f', ' ');
  if (label === predicted) return `${className(label)}, recognised, ${sure} sure`;
  return `${className(label)} taken for ${className(predicted)}, ${sure} sure`;
}
