/** The side of an image of the data set. */
const SIDE = 28;

/** An image [28, 28] as a drawing [side, side]: every pixel becomes a square, and nothing is smoothed. */
export function enlarged(image: ArrayLike<number>, side: number): Uint8Array<ArrayBuffer> {
  const scale = side / SIDE;
  return Uint8Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [Math.floor((i % side) / scale), Math.floor(Math.floor(i / side) / scale)];
    return image[y * SIDE + x] ?? 0;
  });
}
