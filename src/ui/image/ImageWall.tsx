import { useLayoutEffect, useRef } from 'react';
import { newCanvas } from '../base/new-canvas.ts';
import { useSize } from '../base/use-size.ts';
import { type ImageSize, toRgba } from './pixels.ts';
import { fittedInto, type Wall, wallOf } from './wall.ts';
import './image-wall.css';

/** Props of {@link ImageWall}. */
export interface ImageWallProps {
  /** Values 0 ... 255, [height, width, channels] each, in order of arrival. Only the ones behind those already painted are drawn. */
  readonly images: readonly ArrayLike<number>[];
  readonly size: ImageSize;
  /** Places in all; those without an image are shown empty. */
  readonly slots: number;
  readonly columns: number;
  readonly label: string;
}

const GAP = 2;
/** Images that are painted in one frame: so many that a slow device still answers in between. */
const IMAGES_PER_FRAME = 16;
/** Looks like an empty place in both themes, so that a change of theme needs no repainting. */
const EMPTY = 'rgb(120 112 96 / 0.13)';

/** Many images on one canvas, as they arrive. */
export function ImageWall({ images, size, slots, columns, label }: ImageWallProps) {
  const [box, { width }] = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const painted = useRef<readonly ArrayLike<number>[]>([]);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || width === 0) return;
    painted.current = [];
    prepare(context, wallAt(width, columns, slots));
  }, [width, columns, slots]);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || width === 0) return;
    const wall = wallAt(width, columns, slots);
    if (painted.current.some((image, index) => image !== images[index])) {
      painted.current = [];
      prepare(context, wall);
    }
    const last = Math.min(images.length, slots);
    let frame = 0;
    const paintOn = () => {
      const from = painted.current.length;
      const to = Math.min(last, from + IMAGES_PER_FRAME);
      append(context, wall, { images, size, from, to });
      painted.current = images.slice(0, to);
      if (to < last) frame = requestAnimationFrame(paintOn);
    };
    paintOn();
    return () => cancelAnimationFrame(frame);
  }, [images, size, width, columns, slots]);
  return (
    <div className="wall" ref={box}>
      <canvas ref={canvas} role="img" aria-label={`${label}, ${Math.min(images.length, slots)} of ${slots}`} />
    </div>
  );
}

function wallAt(width: number, columns: number, slots: number): Wall {
  return wallOf(Math.round(width * devicePixelRatio), columns, slots, Math.round(GAP * devicePixelRatio));
}

/** Clears the canvas and shows every place as empty. */
function prepare(context: CanvasRenderingContext2D, { width, height, slots }: Wall): void {
  context.canvas.width = width;
  context.canvas.height = height;
  context.fillStyle = EMPTY;
  for (const slot of slots) context.fillRect(slot.left, slot.top, slot.width, slot.height);
}

/** Images, of which those at `from` ... `to` - 1 are to be painted. */
interface Arrivals extends Pick<ImageWallProps, 'images' | 'size'> {
  readonly from: number;
  readonly to: number;
}

function append(context: CanvasRenderingContext2D, { slots }: Wall, { images, size, from, to }: Arrivals): void {
  const count = to - from;
  if (count === 0) return;
  // One below the other, so that they go to the canvas at once.
  const strip = newCanvas(size.width, size.height * count);
  const pixels = new Uint8ClampedArray(strip.width * strip.height * 4);
  const bytes = size.width * size.height * 4;
  for (const [place, values] of images.slice(from, to).entries()) {
    pixels.set(toRgba(values, size.channels).subarray(0, bytes), place * bytes);
  }
  strip.getContext('2d')?.putImageData(new ImageData(pixels, strip.width, strip.height), 0, 0);
  context.imageSmoothingEnabled = false;
  for (const [place, slot] of slots.slice(from, to).entries()) {
    const { left, top, width, height } = fittedInto(slot, size);
    context.clearRect(slot.left, slot.top, slot.width, slot.height);
    context.drawImage(strip, 0, place * size.height, size.width, size.height, left, top, width, height);
  }
}
