import { numberText } from '../text/number-text.ts';
import { type ImageFormat, pictureHeader } from './picture-header.ts';
import type { Size } from './resize.ts';

/** A file that may be unpacked, or a sentence that says why not. */
export type ImageFileCheck =
  | { readonly kind: 'image'; readonly format: ImageFormat; readonly size: Size }
  | { readonly kind: 'refused'; readonly message: string };

/** Bytes of the largest file that is read: photos of telephones stay below it. */
const MOST_BYTES = 20_000_000;

/** Pixels of the largest picture that is unpacked: 200 MB as the browser holds them. */
const MOST_PIXELS = 50_000_000;

/** The longest edge that is unpacked: beyond it, canvases silently stay empty. */
const LONGEST_EDGE = 16_384;

const TAKEN = 'Use a PNG, JPEG, GIF, WebP or BMP file.';

/** Why a file of this size is not even read; null when it is. `bytes`: its size. */
export function fileSizeProblem(bytes: number): string | null {
  if (bytes === 0) return `This file is empty. ${TAKEN}`;
  if (bytes <= MOST_BYTES) return null;
  const [size, most] = [bytes, MOST_BYTES].map((value) => numberText(Math.round(value / 1e6)));
  return `This file is ${size} MB, and the limit is ${most} MB. Save a smaller copy: 1,000 pixels are plenty.`;
}

/** Looks at a file's first bytes, not at its name, and at the size that its header declares, before anything is unpacked. */
export function checkImageFile(bytes: Uint8Array): ImageFileCheck {
  const problem = fileSizeProblem(bytes.length);
  if (problem !== null) return refused(problem);
  const header = pictureHeader(bytes);
  if (header === null) return refused(describeOther(bytes));
  const { format, size, animated } = header;
  const name = format === 'webp' ? 'WebP' : format.toUpperCase();
  if (size === null) return refused(`This ${name} is damaged: it ends before its size is known. Try another copy.`);
  if (animated)
    return refused(`This ${name} is animated, but the network looks at a single image. Save one frame as PNG.`);
  return dimensionProblem(size) ?? { kind: 'image', format, size };
}

/** Whether a picture of this size is too large to be unpacked. */
export function isTooLarge({ width, height }: Size): boolean {
  return width * height > MOST_PIXELS || Math.max(width, height) > LONGEST_EDGE;
}

function dimensionProblem({ width, height }: Size): ImageFileCheck | null {
  if (!isTooLarge({ width, height })) return null;
  const memory = numberText(Math.round((width * height * 4) / 1e6));
  return refused(
    `This picture has ${numberText(width)}×${numberText(height)} pixels and would take ${memory} MB unpacked. Scale it down first: 1,000 pixels are plenty.`,
  );
}

function refused(message: string): ImageFileCheck {
  return { kind: 'refused', message };
}

/** What a file is that is no picture of ours. */
function describeOther(bytes: Uint8Array): string {
  const start = textOf(bytes.subarray(0, 1024));
  if (/^(\xEF\xBB\xBF)?\s*<(svg\b|(\?xml|!--|!DOCTYPE).*<svg\b)/is.test(start))
    return 'This is an SVG: instructions for drawing, not pixels. Export it as PNG first.';
  const other = OTHER_FORMATS.find(({ sign }) => sign.test(start));
  if (other) return `This is ${other.name}, which this page cannot read. Save it as JPEG or PNG first.`;
  if (isText(bytes.subarray(0, 1024)))
    return `This file contains text, not a picture, whatever its name says. ${TAKEN}`;
  return `This file is not a picture that this page can read. ${TAKEN}`;
}

const OTHER_FORMATS: readonly { readonly sign: RegExp; readonly name: string }[] = [
  { sign: /^.{4}ftyp(heic|heix|hevc|heim|heis|mif1|msf1)/s, name: 'a HEIC photo' },
  { sign: /^.{4}ftyp(avif|avis)/s, name: 'an AVIF picture' },
  { sign: /^.{4}ftyp/s, name: 'a video' },
  { sign: /^(II\*\0|MM\0\*)/, name: 'a TIFF picture' },
  { sign: /^%PDF/, name: 'a PDF' },
];

/** Bytes as characters of the same number. */
function textOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** Whether there are no control characters but tabs and line ends. */
function isText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13);
}
