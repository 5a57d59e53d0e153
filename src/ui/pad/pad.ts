import { type Brush, createRaster, drawLine, floodFill, isBlank, mirror, mirrored, type Point } from './raster.ts';

/** What the buttons beside a pad need to know. The same object until something in it changes. */
export interface PadStatus {
  readonly empty: boolean;
  readonly canUndo: boolean;
}

/** A drawing and its history. Subscribers are called after every change. */
export interface Pad {
  /** Width and height in pixels. */
  readonly side: number;
  /** The pixels as they are now, 0 as black: [side, side]. A view of the current drawing: copy it to keep it. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  status(): PadStatus;
  /** Begins a step of Undo: a stroke with all its lines. */
  begin(): void;
  /** `symmetric`: on both sides of the upright axis. */
  line(from: Point, to: Point, brush: Brush, symmetric?: boolean): void;
  fill(at: Point, shade: number, symmetric?: boolean): void;
  mirror(): void;
  clear(): void;
  /** Replaces the drawing by another of the same size; Undo brings the old one back. */
  load(pixels: ArrayLike<number>): void;
  undo(): void;
  /** Calls back after every change, until the returned function is called. */
  subscribe(listener: () => void): () => void;
}

const MOST_UNDO = 50;

/** An empty pad of `side` by `side` pixels. */
export function createPad(side: number): Pad {
  const raster = createRaster(side);
  const past: Uint8Array<ArrayBuffer>[] = [];
  const listeners = new Set<() => void>();
  const shown = { status: { empty: true, canUndo: false } };
  const remember = () => {
    past.push(raster.pixels.slice());
    if (past.length > MOST_UNDO) past.shift();
  };
  const tell = () => {
    const [empty, canUndo] = [isBlank(raster), past.length > 0];
    if (empty !== shown.status.empty || canUndo !== shown.status.canUndo) shown.status = { empty, canUndo };
    for (const listener of listeners) listener();
  };
  const asStep = (change: () => void) => {
    remember();
    change();
    tell();
  };
  return {
    side,
    pixels: raster.pixels,
    status: () => shown.status,
    begin: remember,
    line: (from, to, brush, symmetric = false) => {
      drawLine(raster, from, to, brush);
      if (symmetric) drawLine(raster, mirrored(from, side), mirrored(to, side), brush);
      tell();
    },
    fill: (at, shade, symmetric = false) =>
      asStep(() => {
        floodFill(raster, at, shade);
        if (symmetric) floodFill(raster, mirrored(at, side), shade);
      }),
    mirror: () => asStep(() => mirror(raster)),
    clear: () => asStep(() => raster.pixels.fill(0)),
    load: (pixels) => asStep(() => raster.pixels.set(pixels)),
    undo: () => {
      const before = past.pop();
      if (before) raster.pixels.set(before);
      tell();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
