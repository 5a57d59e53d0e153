import { expect, test } from 'vitest';
import type { Draw, Place, StepPlace } from '../../../../src/engine/webgl/draw.ts';
import { placeTextures } from '../../../../src/engine/webgl/place-textures.ts';

function place(name: string, width = 4): StepPlace {
  return { kind: 'step', name, extent: { width, height: 1, layers: 1 } };
}

function draw(reads: readonly Place[], writes: readonly Place[]): Draw {
  const kernel = { name: 'copy', body: '', inputs: {}, targets: writes.length, width: 1, height: 1 };
  return { kernel, reads: Object.fromEntries(reads.map((read, i) => [`in${i}`, read])), writes };
}

test('a texture is used again once nothing needs it any more, and only for values of its size', () => {
  const [a, b, c, small, d] = [place('a'), place('b'), place('c'), place('small', 1), place('d')];
  const draws = [draw([], [a]), draw([a], [b]), draw([b], [c]), draw([a, c], [small]), draw([small], [d])];
  const { textureOf, extents } = placeTextures(draws);
  // `a` is needed until `small` is drawn; `c` cannot lie where `b` is read.
  expect([a, b, c, small, d].map((value) => textureOf.get(value))).toEqual([0, 1, 2, 3, 2]);
  expect(extents.map(({ width }) => width)).toEqual([4, 4, 4, 1]);
});

test('what is read afterwards keeps its texture', () => {
  const [a, b, c] = [place('a'), place('b'), place('c')];
  const draws = [draw([], [a]), draw([a], [b]), draw([b], [c])];
  expect(placeTextures(draws).textureOf.get(c)).toBe(0);
  expect(placeTextures(draws, a).textureOf.get(c)).toBe(2);
});

test('reading what was never drawn is an error', () => {
  expect(() => placeTextures([draw([place('nothing')], [place('a')])])).toThrow('nothing is read before');
});
