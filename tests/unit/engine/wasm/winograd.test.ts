import { expect, test } from 'vitest';
import { at } from '../../../../src/core/at.ts';
import { slideOver } from '../../../../src/engine/step/images.ts';
import {
  INPUT_LINE,
  KERNEL_GRADIENT_LINE,
  KERNEL_LINE,
  type Line,
  OUTPUT_GRADIENT_LINE,
  OUTPUT_LINE,
} from '../../../../src/engine/wasm/kernels/winograd-lines.ts';
import {
  filterGradientInTiles,
  forwardInTiles,
  inputGradientInTiles,
} from '../../../../src/engine/wasm/kernels/winograd-rule.ts';

const INPUTS = [3, -1, 4, 1, -5, 9];
const FILTER = [2, -6, 5];
const GRADIENT = [3, 5, -8, 9];

function transformed({ outputs, statements }: Line, values: readonly number[]): readonly number[] {
  const known = new Map(values.map((value, i) => [`d${i}`, value]));
  for (const [name, ...terms] of statements) {
    known.set(
      name,
      terms.reduce((sum, [factor, term]) => sum + factor * (known.get(term) ?? Number.NaN), 0),
    );
  }
  return Array.from({ length: outputs }, (_, i) => known.get(`r${i}`) ?? Number.NaN);
}

function products(a: readonly number[], b: readonly number[]): readonly number[] {
  return a.map((value, i) => value * at(b, i));
}

function expectNear(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(at(actual, i)).toBeCloseTo(value, 10);
}

test('the transforms of a line give the outputs of a window of three', () => {
  const multiplied = products(transformed(INPUT_LINE, INPUTS), transformed(KERNEL_LINE, FILTER));
  const expected = GRADIENT.map((_, i) => FILTER.reduce((sum, weight, tap) => sum + weight * at(INPUTS, i + tap), 0));
  expectNear(transformed(OUTPUT_LINE, multiplied), expected);
});

test('the transforms of the gradients give the gradient by the window', () => {
  const multiplied = products(transformed(INPUT_LINE, INPUTS), transformed(OUTPUT_GRADIENT_LINE, GRADIENT));
  const expected = FILTER.map((_, tap) => GRADIENT.reduce((sum, value, i) => sum + value * at(INPUTS, i + tap), 0));
  expectNear(transformed(KERNEL_GRADIENT_LINE, multiplied), expected);
});

const WINDOW = { size: 3, strides: 1, dilation: 1, padding: 'same' } as const;

function choices(size: number, channels: number, filters: number, batch = 32, window = {}) {
  const sliding = slideOver({ batch, height: size, width: size, channels }, { ...WINDOW, ...window }, filters);
  return [forwardInTiles(sliding), inputGradientInTiles(sliding), filterGradientInTiles(sliding)];
}

test('the layers of the VGG-like and of the residual network are computed in tiles', () => {
  for (const [size, channels, filters] of [
    [28, 32, 32],
    [14, 32, 64],
    [14, 64, 64],
    [7, 64, 128],
    [7, 128, 128],
    [14, 32, 32],
    [4, 128, 128],
  ] as const)
    expect(choices(size, channels, filters)).toEqual([true, true, true]);
});

test('what tiles do not fit, or do not make faster, is not', () => {
  const none = [false, false, false];
  expect(choices(28, 1, 32)).toEqual(none);
  expect(choices(28, 8, 8)).toEqual(none);
  expect(choices(28, 20, 32)).toEqual(none);
  expect(choices(28, 32, 32, 32, { strides: 2 })).toEqual(none);
  expect(choices(28, 32, 32, 32, { dilation: 2 })).toEqual(none);
  expect(choices(28, 32, 32, 32, { size: 5 })).toEqual(none);
  expect(choices(2, 64, 64)).toEqual(none);
  expect(choices(7, 128, 128, 1)).toEqual(none);
  expect(choices(7, 512, 640, 128)).toEqual([true, true, false]);
});
