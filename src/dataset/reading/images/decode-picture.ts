import { isTooLarge } from '../../../core/imaging/image-file.ts';
import type { Picture } from '../../../core/imaging/picture.ts';
import { pictureHeader } from '../../../core/imaging/picture-header.ts';
import type { Size } from '../../../core/imaging/resize.ts';
import { numberText } from '../../../core/text/number-text.ts';
import { UnreadableFile } from '../source-file.ts';

/** The longest edge of a picture as it is worked on, as that of photos: samples are far smaller. */
const LONGEST_EDGE = 1024;

/**
 * Decodes a picture file, rotated as its metadata says and scaled to at most 1,024 pixels. What it is and how large it would
 * be is read from its first bytes. An UnreadableFile where it is no picture, too large or damaged.
 */
export async function decodePicture(bytes: Uint8Array<ArrayBuffer>): Promise<Picture> {
  const type = checkedType(bytes);
  const bitmap = await unpack(new Blob([bytes], { type }));
  const size = workingSize(bitmap);
  const context = new OffscreenCanvas(size.width, size.height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('The browser gave no canvas to open pictures with. Reload the page.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, size.width, size.height);
  bitmap.close();
  const { data } = context.getImageData(0, 0, size.width, size.height);
  return { ...size, data: new Uint8ClampedArray(data.buffer) };
}

/**
 * The type of a picture file; an UnreadableFile where it must not be decoded.
 *
 * @internal Exported for the tests, which have no browser that decodes.
 */
export function checkedType(bytes: Uint8Array): string {
  const header = pictureHeader(bytes);
  if (header === null) throw new UnreadableFile('is not a picture that can be read here, whatever its name says');
  const { format, size, animated } = header;
  if (size === null) throw new UnreadableFile('is damaged: it ends before its size is known');
  if (animated) throw new UnreadableFile('is animated, and a sample is a single picture');
  if (isTooLarge(size)) {
    const memory = numberText(Math.round((size.width * size.height * 4) / 1e6));
    const pixels = `${numberText(size.width)}×${numberText(size.height)}`;
    throw new UnreadableFile(`has ${pixels} pixels and would take ${memory} MB unpacked: scale it down first`);
  }
  return `image/${format}`;
}

function workingSize({ width, height }: Size): Size {
  const scale = Math.min(1, LONGEST_EDGE / Math.max(width, height));
  const scaled = (edge: number) => Math.max(1, Math.round(edge * scale));
  return { width: scaled(width), height: scaled(height) };
}

async function unpack(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    throw new UnreadableFile('is damaged: the browser cannot open it');
  }
}
