import { describe, expect, test } from 'vitest';
import { createRaster, drawLine, floodFill, isBlank, mirror, type Raster } from '../../../../src/ui/pad/raster.ts';

const at = ({ pixels, side }: Raster, x: number, y: number) => pixels[y * side + x];

/** A ring of white, 3 wide, around the middle of a black raster of 20. */
function ring(): Raster {
  const raster = createRaster(20);
  const brush = { width: 3, shade: 255 };
  const corners = [
    [5, 5],
    [15, 5],
    [15, 15],
    [5, 15],
    [5, 5],
  ] as const;
  corners.slice(1).forEach(([x, y], index) => {
    const from = corners[index] ?? [x, y];
    drawLine(raster, { x: from[0], y: from[1] }, { x, y }, brush);
  });
  return raster;
}

describe('drawLine', () => {
  test('draws from end to end, as wide as the brush', () => {
    const raster = createRaster(20);
    drawLine(raster, { x: 4, y: 10 }, { x: 16, y: 10 }, { width: 4, shade: 200 });
    expect([at(raster, 4, 10), at(raster, 10, 9), at(raster, 15, 10)]).toEqual([200, 200, 200]);
    expect([at(raster, 10, 7), at(raster, 10, 12), at(raster, 1, 10), at(raster, 19, 10)]).toEqual([0, 0, 0, 0]);
  });

  test('a dot has round, smooth edges', () => {
    const raster = createRaster(9);
    drawLine(raster, { x: 4.5, y: 4.5 }, { x: 4.5, y: 4.5 }, { width: 5, shade: 255 });
    expect(at(raster, 4, 4)).toBe(255);
    expect(at(raster, 2, 2)).toBeGreaterThan(0);
    expect(at(raster, 2, 2)).toBeLessThan(255);
    expect(at(raster, 0, 0)).toBe(0);
  });

  test('a brush of black erases', () => {
    const raster = ring();
    drawLine(raster, { x: 0, y: 10 }, { x: 20, y: 10 }, { width: 30, shade: 0 });
    expect(isBlank(raster)).toBe(true);
  });

  test('lines may leave the raster', () => {
    const raster = createRaster(8);
    drawLine(raster, { x: -50, y: 4 }, { x: 50, y: 4 }, { width: 2, shade: 90 });
    expect([at(raster, 0, 4), at(raster, 7, 4)]).toEqual([90, 90]);
    drawLine(raster, { x: -50, y: -50 }, { x: -40, y: -40 }, { width: 2, shade: 255 });
    expect(Math.max(...raster.pixels)).toBe(90);
  });
});

describe('floodFill', () => {
  test('fills what is enclosed and nothing beyond', () => {
    const raster = ring();
    floodFill(raster, { x: 10, y: 10 }, 140);
    expect([at(raster, 10, 10), at(raster, 8, 13)]).toEqual([140, 140]);
    expect([at(raster, 0, 0), at(raster, 5, 10)]).toEqual([0, 255]);
  });

  test('leaves no dark seam along the smooth edge of the enclosure', () => {
    const raster = ring();
    floodFill(raster, { x: 10, y: 10 }, 140);
    const row = Array.from({ length: 9 }, (_, index) => at(raster, 6 + index, 10) ?? 0);
    expect(Math.min(...row)).toBeGreaterThanOrEqual(140);
  });

  test('leaves alone what has that shade already', () => {
    const raster = ring();
    floodFill(raster, { x: 10, y: 10 }, 140);
    const once = raster.pixels.slice();
    floodFill(raster, { x: 9, y: 10 }, 140);
    expect(raster.pixels).toEqual(once);
  });

  test('outside of the raster it does nothing', () => {
    const raster = createRaster(4);
    floodFill(raster, { x: 9, y: 1 }, 255);
    expect(isBlank(raster)).toBe(true);
  });

  test('fills a whole pad without running out of stack', () => {
    const raster = createRaster(280);
    floodFill(raster, { x: 140, y: 140 }, 70);
    expect(new Set(raster.pixels)).toEqual(new Set([70]));
  });
});

test('mirror swaps left and right, and twice is nothing', () => {
  const raster = createRaster(3);
  raster.pixels.set([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  mirror(raster);
  expect([...raster.pixels]).toEqual([3, 2, 1, 6, 5, 4, 9, 8, 7]);
  mirror(raster);
  expect([...raster.pixels]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
