import { useEffect, useRef } from 'react';
import { imageOf } from '../../core/imaging/drawing.ts';
import { type PadControl, usePad } from '../../ui/pad/use-pad.ts';
import { useQuestions } from '../lab.tsx';

/** The pad. Shows every drawing to the network, at most once a frame, as the data set would store it. */
export function useDrawing(): PadControl {
  const { show } = useQuestions();
  const frame = useRef(0);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  const control = usePad((pixels) => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => show(imageOf(pixels(), control.pad.side)));
  });
  return control;
}
