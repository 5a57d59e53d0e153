import { describe, expect, test } from 'vitest';
import { toRgba } from '../../../../src/ui/image/pixels.ts';
import { fittedInto, wallOf } from '../../../../src/ui/image/wall.ts';

test('gray values become opaque pixels, unchanged', () => {
  expect([...toRgba(Uint8Array.of(0, 128, 255))]).toEqual([0, 0, 0, 255, 128, 128, 128, 255, 255, 255, 255, 255]);
});

describe('wallOf', () => {
  test('ends at the right edge, whatever the width', () => {
    for (const width of [681, 1000, 1363]) {
      const last = wallOf(width, 32, 64, 2).slots[31];
      expect((last?.left ?? 0) + (last?.width ?? 0)).toBe(width);
    }
  });

  test('leaves the same gap between all places and keeps them square within a pixel', () => {
    const { slots } = wallOf(681, 32, 64, 2);
    const gaps = slots.slice(0, 31).map((slot, index) => (slots[index + 1]?.left ?? 0) - slot.left - slot.width);
    expect(new Set(gaps)).toEqual(new Set([2]));
    expect(slots.every(({ width, height }) => Math.abs(width - height) <= 1)).toBe(true);
  });

  test('is as high as its last row', () => {
    const { height, slots } = wallOf(320, 10, 25, 2);
    expect(slots).toHaveLength(25);
    expect(height).toBe((slots[24]?.top ?? 0) + (slots[24]?.height ?? 0));
  });
});

test('the channels of a pixel become its colours, and the bytes stay', () => {
  expect([...toRgba(Uint8Array.of(10, 20, 30, 40, 50, 60), 3)]).toEqual([10, 20, 30, 255, 40, 50, 60, 255]);
});

test('an image that is not square lies in the middle of its place, as large as it fits', () => {
  const slot = { left: 10, top: 20, width: 24, height: 24 };
  expect(fittedInto(slot, { width: 28, height: 28 })).toEqual(slot);
  expect(fittedInto(slot, { width: 20, height: 24 })).toEqual({ left: 12, top: 20, width: 20, height: 24 });
  expect(fittedInto(slot, { width: 30, height: 10 })).toEqual({ left: 10, top: 28, width: 24, height: 8 });
});
