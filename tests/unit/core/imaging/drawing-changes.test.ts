import { expect, test } from 'vitest';
import { type Change, candidatesOf } from '../../../../src/core/imaging/drawing-changes.ts';
import { testImages } from '../support/test-images.ts';

const MNIST = { height: 28, width: 28 };

/** A 28x28 drawing from rows of text, put at (left, top): # is white, + is gray. */
function drawing(left: number, top: number, rows: readonly string[]): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array(784);
  rows.forEach((row, y) => {
    [...row].forEach((character, x) => {
      pixels[(top + y) * 28 + left + x] = character === '#' ? 255 : character === '+' ? 100 : 0;
    });
  });
  return pixels;
}

function changed(pixels: Uint8Array, change: Change): Uint8Array | undefined {
  return candidatesOf(pixels, MNIST).find((candidate) => candidate.change === change)?.pixels;
}

test('mirrored, what was on the left is on the right', () => {
  expect(changed(drawing(0, 3, ['##+']), 'mirrored')).toEqual(drawing(25, 3, ['+##']));
});

test('centred, a drawing in a corner stands in the middle at its size', () => {
  expect(changed(drawing(0, 20, ['####', '####']), 'centred')).toEqual(drawing(12, 13, ['####', '####']));
  expect(changed(drawing(2, 20, ['###']), 'centred')).toEqual(drawing(13, 14, ['###']));
});

test('enlarged, the longest edge is 28', () => {
  const enlarged = changed(drawing(3, 3, ['#'.repeat(14)]), 'enlarged');
  expect(enlarged?.filter((value) => value === 255)).toHaveLength(56);
});

test('an outline is filled with its own shade, and what lies outside stays black', () => {
  const ring = ['++++++++', '+      +', '+      +', '+      +', '+      +', '+      +', '+      +', '++++++++'];
  expect(changed(drawing(10, 10, ring), 'filled')).toEqual(drawing(10, 10, new Array(8).fill('++++++++')));
});

test('a gap of two pixels in an outline does not let the shade out', () => {
  const ring = ['###  ###', '#      #', '#      #', '#      #', '#      #', '#      #', '#      #', '########'];
  const full = changed(drawing(10, 10, ring), 'filled');
  expect(full?.[14 * 28 + 14]).toBe(255);
  expect(full?.[5 * 28 + 14]).toBe(0);
  expect(full?.filter((value) => value > 0).length).toBeGreaterThanOrEqual(62);
});

test('a change that changes nothing is no candidate', () => {
  const full = drawing(0, 0, new Array(28).fill('#'.repeat(28)));
  expect(candidatesOf(full, MNIST)).toEqual([]);
  expect(candidatesOf(new Uint8Array(784), MNIST)).toEqual([]);
});

test('a garment of the data set is centred and as large as can be already', () => {
  const [boot = new Uint8Array(784)] = testImages(1);
  const changes = candidatesOf(boot, MNIST).map(({ change }) => change);
  expect(changes).toContain('mirrored');
  expect(changes).not.toContain('centred');
});

test('images that are not square are changed by their own width and height', () => {
  const size = { height: 2, width: 4 };
  const of = (change: Change) => {
    const found = candidatesOf(Uint8Array.of(9, 0, 0, 0, 0, 0, 0, 0), size).find((made) => made.change === change);
    return [...(found?.pixels ?? [])];
  };
  expect(of('mirrored')).toEqual([0, 0, 0, 9, 0, 0, 0, 0]);
  expect(of('centred')).toEqual([0, 0, 0, 0, 0, 0, 9, 0]);
  expect(of('enlarged')).toEqual([0, 9, 9, 0, 0, 9, 9, 0]);
});
