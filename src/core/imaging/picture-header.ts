import type { Size } from './resize.ts';

/** The kinds of picture files that can be opened. */
export type ImageFormat = 'png' | 'jpeg' | 'gif' | 'webp' | 'bmp';

/** What the header of a picture file declares. */
export interface PictureHeader {
  readonly format: ImageFormat;
  /** Null where the file ends before it, or it is nothing. */
  readonly size: Size | null;
  readonly animated: boolean;
}

/** Reads the header of a PNG, JPEG, GIF, WebP or BMP; null where the first bytes are of something else. */
export function pictureHeader(bytes: Uint8Array): PictureHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = headerOf(view);
  if (header === null) return null;
  const { width = 0, height = 0 } = header.size ?? {};
  return width > 0 && height > 0 ? header : { ...header, size: null };
}

function headerOf(view: DataView): PictureHeader | null {
  if (startsWith(view, 0, '\x89PNG\r\n\x1A\n')) return pngHeader(view);
  if (startsWith(view, 0, '\xFF\xD8\xFF')) return { format: 'jpeg', size: jpegSize(view), animated: false };
  if (startsWith(view, 0, 'GIF87a') || startsWith(view, 0, 'GIF89a')) return gifHeader(view);
  if (startsWith(view, 0, 'RIFF') && startsWith(view, 8, 'WEBP')) return webpHeader(view);
  if (startsWith(view, 0, 'BM') && startsWith(view, 6, '\0\0\0\0')) return bmpHeader(view);
  return null;
}

/** PNG (RFC 2083): IHDR comes first; an animation says so in a chunk before the first pixels. */
function pngHeader(view: DataView): PictureHeader {
  const isWhole = view.byteLength >= 33 && startsWith(view, 12, 'IHDR');
  const size = isWhole ? { width: view.getUint32(16), height: view.getUint32(20) } : null;
  let at = 33;
  while (at + 8 <= view.byteLength && !startsWith(view, at + 4, 'IDAT') && !startsWith(view, at + 4, 'acTL'))
    at += 12 + view.getUint32(at);
  return { format: 'png', size, animated: startsWith(view, at + 4, 'acTL') };
}

/** JPEG (ITU T.81): segments, of which a start of frame (C0 ... CF but for C4, C8 and CC) has the size. */
function jpegSize(view: DataView): Size | null {
  let at = 2;
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    // Further FFs before a marker are filling.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
}

/**
 * GIF89a: a screen, and images on it. Browsers enlarge a screen that is too small for its first image, so the larger of
 * the two counts.
 */
function gifHeader(view: DataView): PictureHeader {
  if (view.byteLength < 13) return { format: 'gif', size: null, animated: false };
  const [first, second] = gifImages(view);
  const width = Math.max(view.getUint16(6, true), first?.width ?? 0);
  const height = Math.max(view.getUint16(8, true), first?.height ?? 0);
  return { format: 'gif', size: { width, height }, animated: second !== undefined };
}

/** The sizes of the first images of a GIF, at most two. */
function gifImages(view: DataView): readonly Size[] {
  const images: Size[] = [];
  let at = 13 + colourTableBytes(view.getUint8(10));
  while (images.length < 2 && at + 10 <= view.byteLength) {
    const kind = view.getUint8(at);
    if (kind === 0x21) at = afterBlocks(view, at + 2);
    else if (kind === 0x2c) {
      images.push({ width: view.getUint16(at + 5, true), height: view.getUint16(at + 7, true) });
      at = afterBlocks(view, at + 11 + colourTableBytes(view.getUint8(at + 9)));
    } else break;
  }
  return images;
}

function colourTableBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** The place after a chain of blocks, each led by its length, that ends with an empty one. */
function afterBlocks(view: DataView, start: number): number {
  let at = start;
  while (at < view.byteLength && view.getUint8(at) > 0) at += 1 + view.getUint8(at);
  return at + 1;
}

/** WebP (RFC 9649): lossy, lossless or extended; only the last can be animated. */
function webpHeader(view: DataView): PictureHeader {
  const uint24 = (at: number) => view.getUint16(at, true) + 65536 * view.getUint8(at + 2);
  const header = (width: number, height: number, animated = false): PictureHeader => ({
    format: 'webp',
    size: { width, height },
    animated,
  });
  if (view.byteLength < 30) return { format: 'webp', size: null, animated: false };
  if (startsWith(view, 12, 'VP8X')) return header(uint24(24) + 1, uint24(27) + 1, (view.getUint8(20) & 0x02) !== 0);
  if (startsWith(view, 12, 'VP8L')) {
    const bits = view.getUint32(21, true);
    return header((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
  }
  const isLossy = startsWith(view, 12, 'VP8 ') && startsWith(view, 23, '\x9D\x01\x2A');
  return isLossy ? header(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff) : header(0, 0);
}

/** BMP: the header of the file, and that of the picture, whose first form has short numbers. Rows may run upwards. */
function bmpHeader(view: DataView): PictureHeader {
  const isWhole = view.byteLength >= 26;
  const isShort = isWhole && view.getUint32(14, true) === 12;
  const [width, height] = isShort
    ? [view.getUint16(18, true), view.getUint16(20, true)]
    : [isWhole ? view.getInt32(18, true) : 0, isWhole ? Math.abs(view.getInt32(22, true)) : 0];
  return { format: 'bmp', size: { width, height }, animated: false };
}

/** Whether the bytes at this place are these characters. */
function startsWith(view: DataView, at: number, text: string): boolean {
  if (at + text.length > view.byteLength) return false;
  return [...text].every((character, i) => view.getUint8(at + i) === character.charCodeAt(0));
}
