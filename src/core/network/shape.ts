import { numberText } from '../text/number-text.ts';
/** The size of one sample on its way through the network, without the batch axis: `[height, width, channels]` or `[units]`. */
export type Shape = readonly number[];

/** The number of elements in a shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** Whether two shapes are the same, axis by axis. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((extent, axis) => extent === b[axis]);
}

/** A shape out of text such as `14×14`, `14 x 14 x 1` or `5,408`; null when there is anything but extents in it. */
export function parseShape(text: string): Shape | null {
  const parts = text
    .replaceAll(/(?<=\d),(?=\d{3}(\D|$))/g, '')
    .split(/[×x*,\s]+/)
    .filter((part) => part !== '');
  return parts.length > 0 && parts.every((part) => /^\d{1,9}$/.test(part)) ? parts.map(Number) : null;
}

/** A shape as people write it: `14×14×32`, or `5,408` for a vector. */
export function shapeText(shape: Shape): string {
  return shape.map(numberText).join('×');
}
