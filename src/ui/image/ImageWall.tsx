import { useLayoutEffect, useRef } from 'react';
import { newCanvas } from '../base/new-canvas.ts';
import { useSize } from '../base/use-size.ts';
import { type ImageSize, paintImage } from './pixels.ts';
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
    const before = painted.current;
    const grown = before.every((image, index) => image === images[index]);
    if (!grown) prepare(context, wall);
    append(context, wall, { images, size, from: grown ? before.length : 0 });
    painted.current = images.slice(0, slots);
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

/** Images, of which those up to `from` are painted already. */
interface Arrivals extends Pick<ImageWallProps, 'images' | 'size'> {
  readonly from: number;
}

function append(context: CanvasRenderingContext2D, { slots }: Wall, { images, size, from }: Arrivals): void {
  const image = newCanvas(size.width, size.height);
  const pixels = image.getContext('2d');
  if (!pixels) return;
  context.imageSmoothingEnabled = false;
  for (const [index, slot] of slots.entries()) {
    const values = images[index];
    if (index < from || !values) continue;
    paintImage(pixels, values, size);
    const { left, top, width, height } = fittedInto(slot, size);
    context.clearRect(slot.left, slot.top, slot.width, slot.height);
    context.drawImage(image, left, top, width, height);
  }
}
