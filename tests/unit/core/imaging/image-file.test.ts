import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkImageFile, fileSizeProblem } from '../../../../src/core/imaging/image-file.ts';
import { pictureHeader } from '../../../../src/core/imaging/picture-header.ts';

function upload(name: string): Uint8Array {
  return readFileSync(new URL(`../../../fixtures/uploads/${name}`, import.meta.url));
}

/** Characters as bytes of the same number. */
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function refusalOf(bytes: Uint8Array): string {
  const inspection = checkImageFile(bytes);
  return inspection.kind === 'refused' ? inspection.message : `taken as ${inspection.format}`;
}

describe('pictures', () => {
  test.each([
    ['boot.png', 'png', 60, 40],
    ['boot.jpg', 'jpeg', 60, 40],
    ['boot-progressive.jpg', 'jpeg', 60, 40],
    ['boot-turned.jpg', 'jpeg', 40, 60],
    ['boot.gif', 'gif', 60, 40],
    ['boot.webp', 'webp', 60, 40],
    ['boot-lossless.webp', 'webp', 60, 40],
    ['boot-extended.webp', 'webp', 61, 41],
  ])('%s is a %s of %i×%i', (file, format, width, height) => {
    expect(checkImageFile(upload(file))).toEqual({ kind: 'image', format, size: { width, height } });
  });

  test('the format is read from the bytes, wherever they lie in memory', () => {
    const padded = new Uint8Array(1000);
    padded.set(upload('boot.gif'), 100);
    const { length } = upload('boot.gif');
    expect(checkImageFile(padded.subarray(100, 100 + length))).toMatchObject({ format: 'gif', size: { width: 60 } });
  });
});

describe('refusals', () => {
  test('a picture of 20,000×20,000 pixels in a small file', () => {
    expect(upload('huge.png').length).toBeLessThan(100_000);
    expect(refusalOf(upload('huge.png'))).toBe(
      'This picture has 20,000×20,000 pixels and would take 1,600 MB unpacked. Scale it down first: 1,000 pixels are plenty.',
    );
  });

  test('a picture that is long and thin', () => {
    const ribbon = Uint8Array.from(upload('boot.png'));
    new DataView(ribbon.buffer).setUint32(16, 100_000);
    expect(refusalOf(ribbon)).toContain('This picture has 100,000×40 pixels');
  });

  test('a GIF whose first image is larger than its screen', () => {
    const liar = Uint8Array.from(upload('boot.gif'));
    const descriptor = liar.lastIndexOf(0x2c);
    const view = new DataView(liar.buffer);
    expect(view.getUint16(descriptor + 5, true)).toBe(60);
    view.setUint16(descriptor + 5, 60_000, true);
    expect(refusalOf(liar)).toContain('60,000×40 pixels');
  });

  test.each(['animated.gif', 'animated.webp', 'animated.png'])('%s', (file) => {
    expect(refusalOf(upload(file))).toContain('is animated, but the network looks at a single image.');
  });

  test('a text file with the name of a picture', () => {
    expect(refusalOf(upload('text.png'))).toBe(
      'This file contains text, not a picture, whatever its name says. Use a PNG, JPEG, GIF, WebP or BMP file.',
    );
  });

  test.each([
    [readFileSync(new URL('../../../fixtures/uploads/drawing.svg', import.meta.url), 'latin1')],
    ['<svg viewBox="0 0 1 1"/>'],
    ['\xEF\xBB\xBF\n <!-- made by hand -->\n<svg/>'],
  ])('an SVG that begins with %j', (text) => {
    expect(refusalOf(bytesOf(text))).toBe(
      'This is an SVG: instructions for drawing, not pixels. Export it as PNG first.',
    );
  });

  test.each([
    ['\0\0\0\x18ftypheic', 'This is a HEIC photo'],
    ['\0\0\0\x1Cftypavif', 'This is an AVIF picture'],
    ['\0\0\0\x1Cftypisom', 'This is a video'],
    ['BM\x36\0\x0C\0\0\0\0\0', 'This BMP is damaged'],
    ['II*\0', 'This is a TIFF picture'],
    ['%PDF-1.7', 'This is a PDF'],
    ['PK\x03\x04\0\0', 'This file is not a picture that this page can read.'],
    ['BMW is a make of car', 'This file contains text'],
  ])('what begins with %j', (start, message) => {
    expect(refusalOf(bytesOf(start))).toContain(message);
  });

  test('a file that is too large is refused before it is read', () => {
    expect(fileSizeProblem(50_000_000)).toBe(
      'This file is 50 MB, and the limit is 20 MB. Save a smaller copy: 1,000 pixels are plenty.',
    );
    expect(fileSizeProblem(20_000_000)).toBeNull();
    expect(fileSizeProblem(0)).toContain('This file is empty.');
  });

  test.each([
    ['boot.png', 20],
    ['boot.jpg', 30],
    ['boot.gif', 8],
    ['boot.webp', 20],
  ])('%s, cut off after %i bytes', (file, length) => {
    expect(refusalOf(upload(file).subarray(0, length))).toContain('is damaged: it ends before its size is known.');
  });

  test('a picture without a pixel', () => {
    const nothing = Uint8Array.from(upload('boot.png'));
    new DataView(nothing.buffer).setUint32(20, 0);
    expect(refusalOf(nothing)).toContain('This PNG is damaged');
  });
});

test('no header makes the reader throw or run forever', () => {
  const magic = fc.constantFrom(
    '\x89PNG\r\n\x1A\n',
    '\xFF\xD8\xFF',
    'GIF89a',
    'RIFF\0\0\0\0WEBP',
    'RIFF\0\0\0\0WEBPVP8X',
  );
  fc.assert(
    fc.property(magic, fc.uint8Array({ maxLength: 200 }), (start, rest) => {
      const bytes = Uint8Array.of(...bytesOf(start), ...rest);
      const { size = null } = pictureHeader(bytes) ?? {};
      expect(size === null || (size.width > 0 && size.height > 0)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
