import { expect, test } from 'vitest';
import { divergingPainter, grayPainter, tintPainter } from '../../../../src/ui/image/tile-paint.ts';

const RAMP = { negative: [0, 100, 0], zero: [200, 200, 200], positive: [100, 0, 0] } as const;

test('gray runs from black at 0 to white at the most, and weak values show', () => {
  const [black = -1, , , opaque] = grayPainter(2)(Float32Array.of(0));
  expect([black, opaque]).toEqual([0, 255]);
  expect(grayPainter(2)(Float32Array.of(2))[0]).toBe(255);
  expect(grayPainter(2)(Float32Array.of(0.2))[0]).toBe(64);
  expect([...grayPainter(0)(Float32Array.of(0))]).toEqual([0, 0, 0, 255]);
});

test('the two directions have a colour each, on the same scale', () => {
  const paint = divergingPainter(4, RAMP);
  expect([...paint(Float32Array.of(4, -4, 0))]).toEqual([100, 0, 0, 255, 0, 100, 0, 255, 200, 200, 200, 255]);
  expect([...paint(Float32Array.of(2))]).toEqual([150, 100, 100, 255]);
});

test('a tint leaves a pixel that nothing depends on as it is, and lets the image shine through', () => {
  const paint = tintPainter(1, RAMP, [50, 50, 50], 1);
  expect([...paint(Float32Array.of(0, 1, -1))]).toEqual([50, 50, 50, 255, 90, 10, 10, 255, 10, 90, 10, 255]);
});
