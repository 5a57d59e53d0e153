import { useContext } from 'react';
import { useStore } from 'zustand';
import { classCountOf, type DatasetSpec, type ImageSamples } from '../../core/dataset/spec.ts';
import { withArticle } from '../../core/text/nouns.ts';
import { drawingOf, outlinesOf, photoOf } from '../../datasets/capabilities.ts';
import { BarList } from '../../ui/matrix/BarList.tsx';
import { Outlines } from '../../ui/pad/Outlines.tsx';
import { PadWithTools } from '../../ui/pad/PadWithTools.tsx';
import { useDataSet, useQuestions } from '../lab.tsx';
import { SingleKeysContext } from '../single-keys.ts';
import { Answer } from './Answer.tsx';
import { enlarged } from './enlarged.ts';
import { OutlineNote } from './OutlineNote.tsx';
import type { RowStore } from './typed-row.ts';
import type { DrawingControl } from './use-drawing.ts';
import { useNearestSamples } from './use-nearest-samples.ts';
import { WhoAnswers } from './WhoAnswers.tsx';
import './drawing.css';
import { part } from '../../ui/card/part.tsx';
import { withTool } from '../../ui/card/tool.ts';

const PhotoSource = part(async () => (await import('./PhotoSource.tsx')).PhotoSource);
// Shown a moment after a drawing at rest, so they need not come with the page.
const UnlikeNote = part(async () => (await import('./NearestSamplesView.tsx')).UnlikeNote, { missing: 'nothing' });
const NearestImages = part(async () => (await import('./NearestSamplesView.tsx')).NearestImages);

const OwnTest = part(async () => (await import('./own-test/OwnTest.tsx')).OwnTest);

const RowPanel = part(async () => (await import('./RowPanel.tsx')).RowPanel, {
  meanwhile: () => <div className="panel" />,
});

/** Props of {@link DrawPanel}. */
export interface DrawPanelProps {
  /** From `useDrawing`. */
  readonly control: DrawingControl | null;
  /** From `createRowStore`. */
  readonly row: RowStore;
}

/**
 * A pad to draw on, and what the network takes the drawing for; for a table a row to fill in. A sentence where samples are
 * images that cannot be drawn.
 */
export function DrawPanel({ control, row }: DrawPanelProps) {
  const dataset = useDataSet(({ spec }) => spec);
  const size = drawingOf(dataset);
  const { samples } = dataset;
  if (samples.kind === 'table') {
    return <RowPanel key={dataset.id} dataset={dataset} samples={samples} row={row} />;
  }
  if (control === null || size === null) {
    return (
      <div className="panel">
        <p className="muted">{notDrawn(dataset)}</p>
        <OwnTest key={dataset.id} dataset={dataset} size={samples} drawn={null} />
      </div>
    );
  }
  return <Drawable control={control} dataset={dataset} size={size} />;
}

function notDrawn({ title, words: { sample } }: DatasetSpec): string {
  return `The ${sample.many} of ${title} cannot be drawn. The other tabs show what a network does with them.`;
}

interface DrawableProps {
  readonly control: DrawingControl;
  readonly dataset: DatasetSpec;
  readonly size: ImageSamples;
}

function Drawable({ control, dataset, size }: DrawableProps) {
  const { classes, words } = dataset;
  const singleKeys = useContext(SingleKeysContext);
  const { pixels, answer } = useAnsweredDrawing(dataset);
  const nearest = useNearestSamples(pixels);
  const isUnlike = nearest !== null && nearest.text !== null;
  const [outlines, photo] = [outlinesOf(dataset), photoOf(dataset)];
  const replace = (image: Uint8Array) => control.pad.load(enlarged(image, size, control.pad.side));
  const start = (outline: string) =>
    withTool(
      () => import('../../ui/pad/outline-pixels.ts'),
      ({ outlinePixels }) => {
        const drawn = outlinePixels(outline, control.pad.side);
        if (drawn !== undefined) control.pad.load(drawn);
      },
    );
  return (
    <>
      <WhoAnswers answer={answer} prompt={`Draw ${withArticle(words.subject.one)}; the network guesses`} />
      <div className="panel draw-panel">
        <PadWithTools
          control={control}
          prompt={`Draw ${withArticle(words.subject.one)} here${outlines === null ? '.' : ', or start from an outline below.'}`}
          size={size}
          seen={pixels ?? undefined}
          singleKeys={singleKeys}
        />
        {control.filling !== null && <OutlineNote filling={control.filling} words={words} />}
        {outlines !== null && (
          <Outlines classes={classes} outlines={outlines} onChoose={(outline) => void start(outline)} />
        )}
        {photo !== null && <PhotoSource load={photo} size={size} subject={words.subject.one} onImage={replace} />}
        {nearest && <UnlikeNote nearest={nearest} onChange={replace} />}
        <Answer dataset={dataset} drawn={pixels !== null} answer={answer} isUnlike={isUnlike} />
        <BarList
          label="Prediction"
          classes={classes}
          outlines={outlines}
          shares={answer?.probabilities}
          faded={isUnlike}
        />
        <OwnTest key={dataset.id} dataset={dataset} size={size} drawn={pixels} />
        {nearest && <NearestImages dataset={dataset} neighbours={nearest.neighbours} />}
      </div>
    </>
  );
}

/** The drawing and its answer, without what belongs to a data set of other sizes that was just put away. */
function useAnsweredDrawing(dataset: DatasetSpec) {
  const { pixels, answer } = useStore(useQuestions().drawing);
  return { pixels, answer: answer?.probabilities.length === classCountOf(dataset) ? answer : null };
}
