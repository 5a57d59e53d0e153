import { useEffect, useRef } from 'react';
import { imageOf } from '../../core/imaging/drawing.ts';
import { drawingOf } from '../../datasets/capabilities.ts';
import { type PadControl, usePad } from '../../ui/pad/use-pad.ts';
import { useDataSet, useQuestions } from '../lab.tsx';
import { padSideFor } from './enlarged.ts';

/**
 * The pad; null where the data set cannot be drawn. Shows every drawing to the network, at most once a frame, as the data set
 * would store it. Another data set begins with an empty pad.
 */
export function useDrawing(): PadControl | null {
  const { show } = useQuestions();
  const dataset = useDataSet(({ spec }) => spec);
  const size = drawingOf(dataset);
  const frame = useRef(0);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  const control = usePad({ side: padSideFor(size ?? { width: 1, height: 1 }), subject: dataset.id }, (pixels) => {
    cancelAnimationFrame(frame.current);
    if (size === null) return;
    frame.current = requestAnimationFrame(() => show(imageOf(pixels(), control.pad.side, size)));
  });
  useDrawingCleared(dataset.id);
  return size === null ? null : control;
}

/** Takes the drawing of another data set away from the network. */
function useDrawingCleared(dataset: string): void {
  const { show } = useQuestions();
  const shown = useRef(dataset);
  useEffect(() => {
    if (shown.current !== dataset) show(null);
    shown.current = dataset;
  }, [dataset, show]);
}
