import { expect, test } from 'vitest';
import { type Picture, pictureOf } from '../../../../src/core/imaging/picture.ts';
import { scaled } from '../../../../src/core/imaging/resize.ts';
import { sampleOf } from '../../../../src/core/imaging/sample.ts';
import { streamKey, uniformAt } from '../../../../src/core/random.ts';

function noise(width: number, height: number): Picture {
  const key = streamKey(5, 'sample');
  return pictureOf({ width, height }, (x, y) =>
    [0, 1, 2].map((channel) => Math.floor(256 * uniformAt(key, (y * width + x) * 3 + channel))),
  );
}

/** A channel of a part of a picture by the scaling that drawings and photos have. */
function channelOf(picture: Picture, channel: number, box: Parameters<typeof scaled>[1], side: number): number[] {
  const plane = { data: picture.data, width: picture.width, stride: 4, channel };
  return Array.from(scaled(plane, box, { width: side, height: side }));
}

test.each([
  { width: 100, height: 100, side: 28 },
  { width: 57, height: 57, side: 32 },
  { width: 20, height: 20, side: 48 },
  { width: 1, height: 1, side: 28 },
])('a square picture of $width pixels becomes $side by the means of areas, as drawings do', ({ width, side }) => {
  const picture = noise(width, width);
  const box = { left: 0, top: 0, right: width, bottom: width };
  const sample = sampleOf(picture, { side, channels: 3, fit: 'fit' });
  for (const channel of [0, 1, 2]) {
    const expected = channelOf(picture, channel, box, side);
    const found = expected.map((_, i) => sample[i * 3 + channel] ?? -1);
    expect(Math.max(...expected.map((value, i) => Math.abs(value - (found[i] ?? -1))))).toBeLessThan(0.5 + 1e-9);
  }
});

test('a wide picture keeps its shape between black edges, or gives the square in its middle', () => {
  const picture = pictureOf({ width: 80, height: 40 }, (x) => (x < 20 || x >= 60 ? [255, 0, 0] : [0, 0, 255]));
  const fitted = sampleOf(picture, { side: 8, channels: 3, fit: 'fit' });
  const pixel = (sample: Uint8Array, x: number, y: number) =>
    Array.from(sample.subarray((y * 8 + x) * 3, (y * 8 + x) * 3 + 3));
  expect([0, 1, 6, 7].map((y) => pixel(fitted, 4, y))).toEqual(Array.from({ length: 4 }, () => [0, 0, 0]));
  expect([pixel(fitted, 0, 3), pixel(fitted, 4, 3), pixel(fitted, 7, 5)]).toEqual([
    [255, 0, 0],
    [0, 0, 255],
    [255, 0, 0],
  ]);
  const cut = sampleOf(picture, { side: 8, channels: 3, fit: 'crop' });
  expect(Array.from({ length: 64 }, (_, i) => pixel(cut, i % 8, i >> 3)).every(([red]) => red === 0)).toBe(true);
});

test('gray is how bright a colour looks, and what is transparent lies on white', () => {
  const gray = (...colour: [number, number, number]) =>
    sampleOf(
      pictureOf({ width: 4, height: 4 }, () => colour),
      { side: 2, channels: 1, fit: 'fit' },
    )[0];
  expect([gray(255, 0, 0), gray(0, 255, 0), gray(0, 0, 255), gray(255, 255, 255)]).toEqual([76, 150, 29, 255]);
  const half = { width: 1, height: 1, data: Uint8ClampedArray.of(0, 0, 0, 0) };
  expect(Array.from(sampleOf(half, { side: 1, channels: 3, fit: 'fit' }))).toEqual([255, 255, 255]);
});
