import { streamKey, uint32At } from '../../../../src/core/random.ts';

/** Images that a drawing may become and that no garment in the data set looks like, each made from a test image: [784]. */
export const ODD_IMAGES: Readonly<Record<string, (image: Uint8Array, index: number) => Uint8Array>> = {
  noise: (image, index) => image.map((_, i) => uint32At(streamKey(index, 'sample'), i) >>> 24),
  'white outlines': (image) => outlineOf(image, 255),
  'gray outlines': (image) => outlineOf(image, 128),
  negatives: (image) => image.map((value) => 255 - value),
};

/** The pixels of a garment that have a neighbour that is not, in one shade. */
function outlineOf(image: Uint8Array, shade: number): Uint8Array {
  const isDrawn = (x: number, y: number) => x >= 0 && x < 28 && y >= 0 && y < 28 && (image[y * 28 + x] ?? 0) > 30;
  return image.map((_, i) => {
    const [x, y] = [i % 28, Math.floor(i / 28)];
    const isInner = isDrawn(x - 1, y) && isDrawn(x + 1, y) && isDrawn(x, y - 1) && isDrawn(x, y + 1);
    return isDrawn(x, y) && !isInner ? shade : 0;
  });
}
