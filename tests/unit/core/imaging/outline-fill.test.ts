import { expect, test } from 'vitest';
import { imageOf, seenDrawing } from '../../../../src/core/imaging/drawing.ts';
import { enclosedBy, filledOutline } from '../../../../src/core/imaging/outline-fill.ts';
import { createRaster, drawLine, floodFill, type Point } from '../../../../src/ui/pad/raster.ts';

const SIDE = 280;
const SIZE = { width: 28, height: 28 };

/** A line through places on the pad. */
function drawing(places: readonly (readonly [number, number])[], width = 12, shade = 200) {
  const raster = createRaster(SIDE);
  const points: readonly Point[] = places.map(([x, y]) => ({ x, y }));
  points.slice(1).forEach((to, i) => {
    drawLine(raster, points[i] ?? to, to, { width, shade });
  });
  return raster;
}

const SQUARE = [
  [60, 60],
  [220, 60],
  [220, 220],
  [60, 220],
  [60, 60],
] as const;
const at = (pixels: Uint8Array | null, x: number, y: number) => pixels?.[y * SIDE + x];

test('a closed outline is filled a little darker than its line, and nothing else changes', () => {
  const { pixels } = drawing(SQUARE);
  const filled = filledOutline(pixels, SIDE);
  expect(at(filled, 140, 140)).toBe(Math.round(200 * 0.72));
  expect(at(filled, 60, 140)).toBe(200);
  expect(at(filled, 30, 140)).toBe(0);
  expect(at(filled, 279, 0)).toBe(0);
});

test('an outline that the hand did not quite close is filled', () => {
  const { pixels } = drawing([...SQUARE.slice(0, 4), [60, 84]]);
  expect(at(filledOutline(pixels, SIDE), 140, 140)).toBeGreaterThan(0);
});

test('an outline that is open on one side stays what it is', () => {
  const { pixels } = drawing(SQUARE.slice(0, 4));
  expect(filledOutline(pixels, SIDE)).toBeNull();
});

test('between the legs of closed trousers nothing is filled', () => {
  const { pixels } = drawing([
    [90, 40],
    [190, 40],
    [200, 240],
    [160, 240],
    [140, 120],
    [120, 240],
    [80, 240],
    [90, 40],
  ]);
  const filled = filledOutline(pixels, SIDE);
  expect(at(filled, 140, 80)).toBeGreaterThan(0);
  expect(at(filled, 140, 230)).toBe(0);
});

test('what is filled already, a stroke and an empty pad are no outlines', () => {
  const square = drawing(SQUARE);
  floodFill(square, { x: 140, y: 140 }, 200);
  // A handle above what is filled encloses something, too.
  drawLine(square, { x: 100, y: 60 }, { x: 140, y: 20 }, { width: 8, shade: 200 });
  drawLine(square, { x: 140, y: 20 }, { x: 180, y: 60 }, { width: 8, shade: 200 });
  expect(filledOutline(square.pixels, SIDE)).toBeNull();
  expect(
    filledOutline(
      drawing([
        [60, 60],
        [220, 220],
      ]).pixels,
      SIDE,
    ),
  ).toBeNull();
  expect(filledOutline(new Uint8Array(SIDE * SIDE), SIDE)).toBeNull();
});

test('an outline that touches the edge of the pad shuts nothing in beside it', () => {
  const { pixels } = drawing([
    [8, 60],
    [200, 60],
    [200, 220],
    [8, 220],
    [8, 60],
  ]);
  const inside = enclosedBy(pixels, { width: SIDE, height: SIDE }, 11);
  expect(inside[140 * SIDE]).toBe(0);
  expect(inside[140 * SIDE + 100]).toBe(1);
});

test('the network sees an outline filled, or as it is where that is turned off', () => {
  const { pixels } = drawing(SQUARE);
  const middle = 14 * 28 + 14;
  expect(seenDrawing(pixels, SIDE, SIZE, true)).toMatchObject({ isOutline: true });
  expect(seenDrawing(pixels, SIDE, SIZE, true)?.pixels[middle]).toBe(144);
  expect(seenDrawing(pixels, SIDE, SIZE, false)?.isOutline).toBe(true);
  expect(seenDrawing(pixels, SIDE, SIZE, false)?.pixels).toEqual(imageOf(pixels, SIDE, SIZE));
  expect(seenDrawing(new Uint8Array(SIDE * SIDE), SIDE, SIZE, true)).toBeNull();
});
