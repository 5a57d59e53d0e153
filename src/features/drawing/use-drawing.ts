import { useEffect, useRef, useState } from 'react';
import type { seenDrawing as SeenDrawing } from '../../core/imaging/drawing.ts';
import { drawingOf, fillsOutlines } from '../../datasets/capabilities.ts';
import { type PadControl, usePad } from '../../ui/pad/use-pad.ts';
import { useDataSet, useQuestions } from '../lab.tsx';
import { padSideFor } from './enlarged.ts';

/** Turns a drawing into a sample. It is loaded beside the page, which is painted without it. */
let see: typeof SeenDrawing | null = null;
const seeing = import('../../core/imaging/drawing.ts').then(({ seenDrawing }) => {
  see = seenDrawing;
});

/** A pad, and whether the network sees outlines on it filled. */
export interface DrawingControl extends PadControl {
  /** Null where the data set has no filled shapes, so that outlines stay what they are. */
  readonly filling: Filling | null;
}

/** Whether outlines are filled. */
export interface Filling {
  readonly on: boolean;
  /** Whether the drawing, as it is now, is an outline that can be filled. */
  readonly isOutline: boolean;
  readonly setOn: (on: boolean) => void;
}

/**
 * The pad; null where the data set cannot be drawn. Shows every drawing to the network, at most once a frame, as the data set
 * would store it. Another data set begins with an empty pad.
 */
export function useDrawing(): DrawingControl | null {
  const { show } = useQuestions();
  const dataset = useDataSet(({ spec }) => spec);
  const size = drawingOf(dataset);
  const canFill = fillsOutlines(dataset);
  const [on, setOn] = useState(true);
  const [isOutline, setIsOutline] = useState(false);
  const frame = useRef(0);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  const showAs = (pixels: Uint8Array, fills: boolean): void => {
    if (size === null) return;
    if (see === null) return void seeing.then(() => showAs(pixels, fills));
    const seen = see(pixels, control.pad.side, size, canFill && fills);
    setIsOutline(seen?.isOutline ?? false);
    show(seen?.pixels ?? null);
  };
  const control = usePad({ side: padSideFor(size ?? { width: 1, height: 1 }), subject: dataset.id }, (pixels) => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => showAs(pixels(), on));
  });
  useDrawingCleared(dataset.id);
  const switchTo = (next: boolean) => {
    setOn(next);
    showAs(control.pad.pixels, next);
  };
  return size === null ? null : { ...control, filling: canFill ? { on, isOutline, setOn: switchTo } : null };
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
