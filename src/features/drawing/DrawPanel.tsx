import { useContext } from 'react';
import { useStore } from 'zustand';
import { CLASS_NAMES, className } from '../../core/dataset/classes.ts';
import { countText, percentText } from '../../core/text/number-text.ts';
import type { PredictedAnswer } from '../../protocol/requests.ts';
import { BarList } from '../../ui/matrix/BarList.tsx';
import { DrawingDesk } from '../../ui/pad/DrawingDesk.tsx';
import { Outlines } from '../../ui/pad/Outlines.tsx';
import { outlinePixels } from '../../ui/pad/outline-pixels.ts';
import type { PadControl } from '../../ui/pad/use-pad.ts';
import { useQuestions } from '../lab.tsx';
import { SingleKeysContext } from '../single-keys.ts';
import { ClosenessView } from './ClosenessView.tsx';
import { enlarged } from './enlarged.ts';
import { PhotoSource } from './PhotoSource.tsx';
import { useCloseness } from './use-closeness.ts';
import './drawing.css';

/** A pad to draw a garment on, and what the network takes it for. `control` comes from `useDrawing`. */
export function DrawPanel({ control }: { readonly control: PadControl }) {
  const { drawing } = useQuestions();
  const singleKeys = useContext(SingleKeysContext);
  const { pixels, answer } = useStore(drawing);
  const closeness = useCloseness(pixels);
  const replace = (image: Uint8Array) => control.pad.load(enlarged(image, control.pad.side));
  const start = (label: number) => {
    const outline = outlinePixels(label, control.pad.side);
    if (outline !== undefined) control.pad.load(outline);
  };
  return (
    <>
      <div className="source">
        {answer === null ? 'Draw, and a network answers' : whoAnswers(answer)}
        <span className="grow" />
        {answer !== null && <span className="num">{howTrained(answer)}</span>}
      </div>
      <div className="panel">
        <DrawingDesk
          control={control}
          prompt="Draw a garment here, or start from an outline below."
          seen={pixels ?? undefined}
          singleKeys={singleKeys}
        />
        <Outlines classes={CLASS_NAMES} onChoose={start} />
        <PhotoSource onImage={replace} />
        <Headline drawn={pixels !== null} answer={answer} />
        <BarList label="Prediction" classes={CLASS_NAMES} shares={answer?.probabilities} />
        {closeness && <ClosenessView closeness={closeness} onChange={replace} />}
      </div>
    </>
  );
}

function whoAnswers({ run }: PredictedAnswer): string {
  return run === 'shipped' ? 'A network trained in advance answers' : `Run ${run} answers`;
}

function howTrained({ step, testAccuracy }: PredictedAnswer): string {
  if (testAccuracy !== null) return `test ${percentText(testAccuracy)}`;
  return `weights of step ${countText(step)}`;
}

/** The two likeliest classes in words. */
function Headline({ drawn, answer }: { readonly drawn: boolean; readonly answer: PredictedAnswer | null }) {
  if (answer === null) {
    return (
      <p className="answer">
        <b>No answer yet</b> <span>{drawn ? 'train first' : 'draw something'}</span>
      </p>
    );
  }
  const order = Array.from(answer.probabilities, (share, label) => ({ share, label }));
  const [first, second] = order.sort((a, b) => b.share - a.share);
  if (first === undefined || second === undefined) return null;
  const next = `then ${className(second.label)}, ${percentText(second.share, 0)}`;
  return (
    <p className="answer">
      <b>
        {className(first.label)}, {percentText(first.share, 0)}
      </b>{' '}
      <span>{second.share < 0.005 ? 'nothing else comes close' : next}</span>
    </p>
  );
}
