import { expect, test } from 'vitest';
import type { Picture } from '../../src/core/imaging/picture.ts';
import { PHOTO } from '../../src/datasets/fashion-mnist/photo/photo.ts';
import { decodeImage } from '../../src/ui/image/decode-image.ts';

const UPLOADS = import.meta.glob<string>('../fixtures/uploads/*.*', {
  query: '?url',
  import: 'default',
  eager: true,
});

async function upload(name: string): Promise<Blob> {
  const response = await fetch(UPLOADS[`../fixtures/uploads/${name}`] ?? '');
  // A file picker names the type by the end of the file's name.
  return new Blob([await response.arrayBuffer()], { type: `image/${name.split('.').at(-1)}` });
}

async function pictureOf(name: string): Promise<Picture> {
  const decoded = await decodeImage(await upload(name));
  if (decoded.kind === 'refused') throw new Error(decoded.message);
  return decoded.picture;
}

async function refusalOf(file: Blob): Promise<string> {
  const decoded = await decodeImage(file);
  return decoded.kind === 'refused' ? decoded.message : 'taken';
}

function redAt({ data, width }: Picture, x: number, y: number): number {
  return data[(y * width + x) * 4] ?? -1;
}

test.each([
  'boot.png',
  'boot.jpg',
  'boot-progressive.jpg',
  'boot.gif',
  'boot.webp',
  'boot-lossless.webp',
  'boot-turned.jpg',
])('%s is unpacked, upright, and its boot found', async (name) => {
  const picture = await pictureOf(name);
  expect([picture.width, picture.height]).toEqual([60, 40]);
  expect(redAt(picture, 0, 0)).toBeGreaterThan(250);
  expect(redAt(picture, 30, 10)).toBeGreaterThan(240);
  expect(redAt(picture, 15, 15)).toBeLessThan(60);
  expect(redAt(picture, 30, 30)).toBeLessThan(60);
  const { pixels = new Uint8Array(784) } = PHOTO.imageOf(picture) ?? {};
  // 30 by 30 pixels: the shaft up on the left, the sole all along the ground.
  expect([pixels[3 * 28 + 3], pixels[25 * 28 + 25]].every((value) => (value ?? 0) > 180)).toBe(true);
  expect(pixels[3 * 28 + 25]).toBe(0);
});

test('a large photo is scaled to 1,024 pixels on its longest edge', async () => {
  const canvas = new OffscreenCanvas(3000, 1500);
  const context = canvas.getContext('2d');
  context?.fillRect(0, 0, 1500, 1500);
  const decoded = await decodeImage(await canvas.convertToBlob());
  expect(decoded).toMatchObject({ kind: 'picture', picture: { width: 1024, height: 512 } });
});

test('hostile files get a sentence, and none is unpacked', async () => {
  expect(await refusalOf(await upload('huge.png'))).toContain('20,000×20,000 pixels');
  expect(await refusalOf(await upload('text.png'))).toContain('This file contains text, not a picture');
  expect(await refusalOf(await upload('drawing.svg'))).toContain('This is an SVG');
  expect(await refusalOf(await upload('animated.gif'))).toContain('This GIF is animated');
  expect(await refusalOf(new Blob([new Uint8Array(50_000_000)]))).toContain('This file is 50 MB');
  expect(await refusalOf(new Blob([]))).toContain('This file is empty');
});

test('a picture that is damaged behind its header gets a sentence', async () => {
  const bytes = new Uint8Array(await (await upload('boot.png')).arrayBuffer());
  bytes.fill(7, 45);
  expect(await refusalOf(new Blob([bytes]))).toContain('The browser cannot open this picture');
});
