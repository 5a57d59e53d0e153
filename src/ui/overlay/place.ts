/** A rectangle in CSS pixels of the viewport. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Width and height in CSS pixels. */
export type Size = Pick<Box, 'width' | 'height'>;

/** Where a floating box goes: beyond which edge of its anchor, and how it is aligned. */
export interface Placement {
  readonly side: 'above' | 'below' | 'right';
  readonly align: 'start' | 'center' | 'end';
}

const GAP = 6;
const MARGIN = 8;

/**
 * Left and top of a floating box: on the wanted side, on the other where that has no room, never outside the viewport. What
 * has no room on the right goes below.
 */
export function place(
  anchor: Box,
  size: Size,
  viewport: Size,
  { side, align }: Placement,
): { left: number; top: number } {
  const right = anchor.left + anchor.width + GAP;
  if (side === 'right' && right + size.width <= viewport.width - MARGIN) {
    return { left: right, top: clamp(anchor.top, viewport.height - size.height) };
  }
  const above = anchor.top - GAP - size.height;
  const below = anchor.top + anchor.height + GAP;
  const fitsAbove = above >= MARGIN;
  const fitsBelow = below + size.height <= viewport.height - MARGIN;
  const goesAbove = side === 'above' ? fitsAbove || !fitsBelow : fitsAbove && !fitsBelow;
  return {
    left: clamp(aligned(anchor, size.width, align), viewport.width - size.width),
    top: clamp(goesAbove ? above : below, viewport.height - size.height),
  };
}

function aligned(anchor: Box, width: number, align: Placement['align']): number {
  const slack = anchor.width - width;
  return anchor.left + { start: 0, center: slack / 2, end: slack }[align];
}

function clamp(value: number, room: number): number {
  return Math.max(MARGIN, Math.min(value, room - MARGIN));
}
