import { expect, test } from 'vitest';
import { layoutOf } from '../../../../src/engine/webgl/layout.ts';
import { copied, viewedAs } from '../../../../src/engine/webgl/views.ts';

test('a texture is seen in another shape where its texels are in the order of that shape', () => {
  // Rows below each other are rows of one batch, whatever image they belong to.
  const rows = { batch: 12, height: 1, width: 1, channels: 6 };
  expect(viewedAs(layoutOf(3, [4, 1, 6]), rows)).toEqual(layoutOf(12, [6]));
  expect(viewedAs(layoutOf(3, [1, 2, 8]), { batch: 3, height: 1, width: 1, channels: 16 })).toEqual(layoutOf(3, [16]));
  const ways = layoutOf(2, [5, 6, 3], 2);
  expect(viewedAs(ways, { batch: 2, height: 5, width: 6, channels: 3 })).toBe(ways);
});

test('where its texels are not, it is copied', () => {
  const vector = { batch: 2, height: 1, width: 1, channels: 90 };
  expect(viewedAs(layoutOf(2, [5, 6, 3]), vector)).toBeNull();
  expect(viewedAs(layoutOf(2, [5, 6, 4], 2), { ...vector, channels: 120 })).toBeNull();
  expect(viewedAs(layoutOf(2, [1, 2, 6]), { ...vector, channels: 12 })).toBeNull();
  const { source, to } = copied(layoutOf(2, [5, 6, 3], 2), vector);
  expect([source, to]).toEqual([layoutOf(2, [5, 6, 3], 2), layoutOf(2, [90])]);
});

test('it is copied image by image, however they are counted', () => {
  const down = copied(layoutOf(2, [12]), { batch: 6, height: 1, width: 1, channels: 4 });
  expect([down.source, down.to]).toEqual([layoutOf(2, [12]), layoutOf(2, [3, 1, 4])]);
  const up = copied(layoutOf(6, [4]), { batch: 2, height: 1, width: 1, channels: 12 });
  expect([up.source, up.to]).toEqual([layoutOf(2, [3, 1, 4]), layoutOf(2, [12])]);
});
