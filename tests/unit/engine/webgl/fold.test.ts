import { expect, test } from 'vitest';
import { type Fold, fits, foldedExtent, foldOf, piecesOf } from '../../../../src/engine/webgl/fold.ts';

const TALL = { width: 3, height: 10, layers: 1 };
const WIDE = { width: 10, height: 3, layers: 2 };

test('a texture is folded only where it is too tall or too wide, into blocks that are as small as possible', () => {
  expect(foldOf(TALL, 10)).toBeNull();
  expect(foldedExtent(TALL, 10)).toBe(TALL);
  expect(foldOf(TALL, 9)).toMatchObject({ cut: 'rows', size: 5 });
  expect(foldedExtent(TALL, 9)).toEqual({ width: 6, height: 5, layers: 1 });
  expect(foldOf(WIDE, 9)).toMatchObject({ cut: 'columns', size: 5 });
  expect(foldedExtent(WIDE, 9)).toEqual({ width: 5, height: 6, layers: 2 });
  expect(foldedExtent(WIDE, 3)).toEqual({ width: 3, height: 12, layers: 2 });
});

test('what is too large in both directions fits into no texture', () => {
  expect(fits(WIDE, 6)).toBe(true);
  expect(fits(WIDE, 4)).toBe(false);
});

/** The texels of an area, each with its place in the texture. */
function texelsOf(fold: Fold | null, area: Parameters<typeof piecesOf>[1]): ReadonlyMap<string, string> {
  const texels = new Map<string, string>();
  for (const { part, x, y } of piecesOf(fold, area)) {
    for (let row = 0; row < part.height; row++) {
      for (let column = 0; column < part.width; column++) {
        texels.set(`${part.x + column} ${part.y + row}`, `${x + column} ${y + row}`);
      }
    }
  }
  return texels;
}

test.each([TALL, WIDE])('an area lies in pieces, each texel at a place of its own: %o', (extent) => {
  const fold = foldOf(extent, 4);
  const size = fold?.size ?? 0;
  const texels = texelsOf(fold, { x: 1, y: 1, width: extent.width - 1, height: extent.height - 1 });
  expect(texels.size).toBe((extent.width - 1) * (extent.height - 1));
  expect(new Set(texels.values()).size).toBe(texels.size);
  for (const [texel, place] of texels) {
    const [x = 0, y = 0] = texel.split(' ').map(Number);
    const expected =
      extent === TALL
        ? [x + Math.floor(y / size) * TALL.width, y % size]
        : [x % size, y + Math.floor(x / size) * WIDE.height];
    expect(place).toBe(expected.join(' '));
  }
});
