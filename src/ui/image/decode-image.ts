import { checkImageFile, fileSizeProblem } from '../../core/imaging/image-file.ts';
import type { Picture } from '../../core/imaging/picture.ts';
import type { Size } from '../../core/imaging/resize.ts';
import { newCanvas } from '../base/new-canvas.ts';

/** A decoded picture, or a sentence that says why there is none. */
export type Decoded =
  | { readonly kind: 'picture'; readonly picture: Picture }
  | { readonly kind: 'refused'; readonly message: string };

/** The longest edge of a picture as it is worked on: images of data sets are far smaller. */
const LONGEST_EDGE = 1024;

/**
 * Decodes a photo that was uploaded or pasted, rotated as its metadata says and scaled to at most 1,024 pixels. Its
 * type and size are read from its first bytes; files that misstate them or would fill the memory are refused.
 */
export async function decodeImage(file: Blob): Promise<Decoded> {
  const problem = fileSizeProblem(file.size);
  if (problem !== null) return { kind: 'refused', message: problem };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const inspection = checkImageFile(bytes);
  if (inspection.kind === 'refused') return inspection;
  const bitmap = await unpack(new Blob([bytes], { type: `image/${inspection.format}` }));
  if (bitmap === null)
    return {
      kind: 'refused',
      message: 'The browser cannot open this picture because it is damaged. Try another copy.',
    };
  const picture = pictureFrom(bitmap, bitmap);
  bitmap.close();
  return { kind: 'picture', picture };
}

/** The pixels of anything that can be drawn, such as a frame of the camera, at most 1,024 on its longest edge. */
export function pictureFrom(source: CanvasImageSource, { width, height }: Size): Picture {
  const scale = Math.min(1, LONGEST_EDGE / Math.max(width, height));
  const [columns, rows] = [width, height].map((extent) => Math.max(1, Math.round(extent * scale)));
  const canvas = newCanvas(columns ?? 1, rows ?? 1);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('The browser gave the page no canvas to open pictures with. Reload the page.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return { width: canvas.width, height: canvas.height, data: new Uint8ClampedArray(data) };
}

async function unpack(file: Blob): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return null;
  }
}
