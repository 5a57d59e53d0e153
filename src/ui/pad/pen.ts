import type { Point } from './raster.ts';
import type { PadControl } from './use-pad.ts';

/** How a pointer or the arrow keys draw, whatever the tool. */
export interface Pen {
  /** Puts the pen down: a dot, or a filled area. */
  down(at: Point): void;
  /** Draws from the last place to here, while the pen is down. */
  move(to: Point): void;
  up(): void;
  readonly isDown: boolean;
}

/** A pen that uses the tool that is selected in `control` at each call. */
export function createPen(control: () => Pick<PadControl, 'pad' | 'tool' | 'shade' | 'width' | 'symmetric'>): Pen {
  const last: { point: Point | undefined } = { point: undefined };
  const brush = () => {
    const { tool, shade, width } = control();
    return { width, shade: tool === 'eraser' ? 0 : shade };
  };
  return {
    down: (at) => {
      const { pad, tool, shade, symmetric } = control();
      if (tool === 'fill') return pad.fill(at, shade, symmetric);
      last.point = at;
      pad.begin();
      pad.line(at, at, brush(), symmetric);
    },
    move: (to) => {
      if (!last.point) return;
      const { pad, symmetric } = control();
      pad.line(last.point, to, brush(), symmetric);
      last.point = to;
    },
    up: () => {
      last.point = undefined;
    },
    get isDown() {
      return last.point !== undefined;
    },
  };
}
