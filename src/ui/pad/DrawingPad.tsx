import { type KeyboardEvent, type PointerEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { paintImage } from '../image/pixels.ts';
import { createPen } from './pen.ts';
import type { Point } from './raster.ts';
import type { PadControl } from './use-pad.ts';
import './pad.css';

/** Props of {@link DrawingPad}. */
export interface DrawingPadProps {
  /** From `usePad`; shared with the tools. */
  readonly control: PadControl;
  /** The text on the empty pad. */
  readonly prompt: string;
}

const STEP = 4;
const FAR = 20;
const DIRECTIONS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** A square to draw on, light on dark, with mouse, pen or finger; or with arrow keys, where Space lowers and lifts the pen. */
export function DrawingPad({ control, prompt }: DrawingPadProps) {
  const { pad, status, width, symmetric } = control;
  const help = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  const now = useRef(control);
  const [pen] = useState(() => createPen(() => now.current));
  const [cursor, setCursor] = useState<Point>();
  useLayoutEffect(() => {
    now.current = control;
  });
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const paint = () => paintImage(context, pad.pixels, { height: pad.side, width: pad.side, channels: 1 });
    paint();
    // A fast pen moves many times between two frames.
    let frame = 0;
    const stop = pad.subscribe(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(paint);
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [pad]);
  const keys = useKeys(control, pen, cursor, setCursor);
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture?.(event.pointerId);
    pen.down(pointOf(event.nativeEvent, event.currentTarget, pad.side));
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    // Browsers combine the moves between two frames; with only the last one, fast curves would have corners.
    const moves = event.nativeEvent.getCoalescedEvents?.() ?? [];
    for (const move of moves.length > 0 ? moves : [event.nativeEvent]) {
      pen.move(pointOf(move, event.currentTarget, pad.side));
    }
    if (event.pointerType !== 'touch') setCursor(pointOf(event.nativeEvent, event.currentTarget, pad.side));
  };
  return (
    <div
      className="pad"
      role="application"
      aria-label="Drawing pad"
      aria-describedby={help}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes keys, so it must take the focus.
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={pen.up}
      onPointerCancel={pen.up}
      onPointerLeave={() => setCursor(undefined)}
      onBlur={keys.onBlur}
      onKeyDown={keys.onKeyDown}
    >
      <canvas ref={canvas} width={pad.side} height={pad.side} />
      <span className="vh" id={help}>
        {status.empty ? 'Empty.' : 'Has a drawing.'} Arrow keys move, Space lowers and lifts the pen.
      </span>
      {status.empty && <p>{prompt}</p>}
      {symmetric && <span className="axis" />}
      {cursor && <Cursor at={cursor} size={width / pad.side} side={pad.side} />}
    </div>
  );
}

/** Draws with the arrow keys, from the middle on. */
function useKeys(
  { pad }: PadControl,
  pen: ReturnType<typeof createPen>,
  cursor: Point | undefined,
  setCursor: (at: Point | undefined) => void,
) {
  const onKeyDown = (event: KeyboardEvent) => {
    const at = cursor ?? { x: pad.side / 2, y: pad.side / 2 };
    const length = event.shiftKey ? FAR : STEP;
    const direction = DIRECTIONS[event.key];
    if (!direction && event.key !== ' ') return;
    // Space would also start the training.
    event.preventDefault();
    event.stopPropagation();
    const held = (value: number) => Math.min(pad.side, Math.max(0, value));
    const { x: dx, y: dy } = direction ?? { x: 0, y: 0 };
    const to = { x: held(at.x + dx * length), y: held(at.y + dy * length) };
    setCursor(to);
    if (direction) pen.move(to);
    else if (pen.isDown) pen.up();
    else pen.down(to);
  };
  const onBlur = () => {
    pen.up();
    setCursor(undefined);
  };
  return { onKeyDown, onBlur };
}

/** A ring as wide as the brush. */
function Cursor({ at, size, side }: { readonly at: Point; readonly size: number; readonly side: number }) {
  const percent = (share: number) => `${share * 100}%`;
  const style = { left: percent(at.x / side), top: percent(at.y / side), width: percent(size), height: percent(size) };
  return <span className="cursor" style={style} />;
}

function pointOf({ clientX, clientY }: MouseEvent, element: Element, side: number): Point {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: ((clientX - left) / width) * side, y: ((clientY - top) / height) * side };
}
