/** The size of one sample on its way through the network, without the batch axis: `[height, width, channels]` or `[units]`. */
export type Shape = readonly number[];

/** One Fashion-MNIST image: 28 rows, 28 columns, one channel. */
export const INPUT_SHAPE: Shape = [28, 28, 1];

/** How many garments there are to tell apart. */
export const CLASS_COUNT = 10;

/** The number of elements in a shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** Whether two shapes are the same, axis by axis. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((extent, axis) => extent === b[axis]);
}

/** A shape as people write it: `28×28×32`, or `5,408` for a vector. */
export function shapeText(shape: Shape): string {
  return shape.map((extent) => extent.toLocaleString('en-US')).join('×');
}
