import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef } from 'react';
import type { Picture } from '../../core/imaging/picture.ts';
import type { Box } from '../../core/imaging/resize.ts';

/** Props of {@link CropBox}. */
export interface CropBoxProps {
  readonly picture: Picture;
  /** The part that is kept, in pixels of the picture. */
  readonly box: Box;
  readonly onChange: (box: Box) => void;
}

/** A press of a key moves by this share of the picture's longest side. */
const STEP = 0.02;

/** The least edge of the part, as such a share. */
const LEAST = 0.04;

const DIRECTIONS: Readonly<Record<string, readonly [across: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * A picture with a frame around the part that is kept: drawn anew by dragging; moved by arrow keys, and with Shift made larger
 * and smaller.
 */
export function CropBox({ picture, box, onChange }: CropBoxProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const start = useRef<{ readonly x: number; readonly y: number } | null>(null);
  const { width, height, data } = picture;
  useLayoutEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(data, width, height), 0, 0);
  }, [data, width, height]);
  const placeOf = ({ clientX, clientY, currentTarget }: PointerEvent<HTMLElement>) => {
    const shown = currentTarget.getBoundingClientRect();
    return {
      x: held(((clientX - shown.left) / shown.width) * width, width),
      y: held(((clientY - shown.top) / shown.height) * height, height),
    };
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture?.(event.pointerId);
    start.current = placeOf(event);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (start.current === null) return;
    const [from, to] = [start.current, placeOf(event)];
    const next = {
      left: Math.min(from.x, to.x),
      top: Math.min(from.y, to.y),
      right: Math.max(from.x, to.x),
      bottom: Math.max(from.y, to.y),
    };
    const least = Math.max(width, height) * LEAST;
    if (next.right - next.left >= least && next.bottom - next.top >= least) onChange(next);
  };
  const onPointerUp = () => {
    start.current = null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = DIRECTIONS[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    onChange(event.shiftKey ? resizedBox(box, direction, picture) : movedBox(box, direction, picture));
  };
  const percent = (part: number, whole: number) => `${(part / whole) * 100}%`;
  return (
    <div
      className="crop"
      role="application"
      aria-label="Part of the photo that is kept"
      aria-description="Arrow keys move the frame; with Shift they change its size."
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes keys, so it must take the focus.
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onKeyDown={onKeyDown}
    >
      <canvas ref={canvas} width={width} height={height} />
      <span
        style={{
          left: percent(box.left, width),
          top: percent(box.top, height),
          width: percent(box.right - box.left, width),
          height: percent(box.bottom - box.top, height),
        }}
      />
    </div>
  );
}

function movedBox({ left, top, right, bottom }: Box, [across, down]: readonly [number, number], picture: Picture): Box {
  const step = stepOf(picture);
  const dx = Math.max(-left, Math.min(picture.width - right, across * step));
  const dy = Math.max(-top, Math.min(picture.height - bottom, down * step));
  return { left: left + dx, top: top + dy, right: right + dx, bottom: bottom + dy };
}

function resizedBox(box: Box, [across, down]: readonly [number, number], picture: Picture): Box {
  const step = stepOf(picture);
  const least = Math.max(1, Math.round(Math.max(picture.width, picture.height) * LEAST));
  const right = Math.max(Math.min(box.right, box.left + least), held(box.right + across * step, picture.width));
  const bottom = Math.max(Math.min(box.bottom, box.top + least), held(box.bottom + down * step, picture.height));
  return { ...box, right, bottom };
}

function stepOf({ width, height }: Picture): number {
  return Math.max(1, Math.round(Math.max(width, height) * STEP));
}

/** In whole pixels, within the picture. */
function held(value: number, most: number): number {
  return Math.round(Math.min(most, Math.max(0, value)));
}
