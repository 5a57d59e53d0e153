import { expect, test } from 'vitest';
import { at } from '../../../../src/core/at.ts';
import { slideOver } from '../../../../src/engine/step/images.ts';
import {
  KERNEL_GRADIENT_LINE,
  KERNEL_LINE,
  type Line,
  TILE_LINES,
} from '../../../../src/engine/wasm/kernels/winograd-lines.ts';
import {
  filterGradientInTiles,
  forwardInTiles,
  inputGradientInTiles,
} from '../../../../src/engine/wasm/kernels/winograd-rule.ts';

const INPUTS = [3, -1, 4, 1.5, -5, 9.25];
const FILTER = [2, -6, 5];
const GRADIENT = [3, 5, -8, 9];

type Numbered = ReadonlyMap<number, number>;

function transformed({ inputs, outputs, statements }: Line, values: Numbered): Numbered {
  const known = new Map(inputs.map((i) => [`d${i}`, values.get(i) ?? Number.NaN]));
  for (const [name, ...terms] of statements) {
    known.set(
      name,
      terms.reduce((sum, [factor, term]) => sum + factor * (known.get(term) ?? Number.NaN), 0),
    );
  }
  return new Map(outputs.map((i) => [i, known.get(`r${i}`) ?? Number.NaN]));
}

function numbered(values: readonly number[]): Numbered {
  return new Map(values.entries());
}

/** Products of the points that both have. */
function products(a: Numbered, b: Numbered): Numbered {
  return new Map(Array.from(a, ([i, value]) => [i, value * (b.get(i) ?? Number.NaN)]));
}

function expectNear(actual: Numbered, expected: readonly number[]): void {
  expect(actual.size).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(actual.get(i)).toBeCloseTo(value, 10);
}

const EXTENTS = [2, 3, 4] as const;

test.each(EXTENTS)('the transforms of a line give %i outputs of a window of three', (extent) => {
  const { input, output } = TILE_LINES[extent];
  const multiplied = products(transformed(input, numbered(INPUTS)), transformed(KERNEL_LINE, numbered(FILTER)));
  const outputs = INPUTS.slice(0, extent);
  const expected = outputs.map((_, i) => FILTER.reduce((sum, weight, tap) => sum + weight * at(INPUTS, i + tap), 0));
  expectNear(transformed(output, multiplied), expected);
});

test.each(EXTENTS)('the transforms of the gradients of %i outputs give the gradient by the window', (extent) => {
  const { input, outputGradient } = TILE_LINES[extent];
  const gradient = GRADIENT.slice(0, extent);
  const multiplied = products(transformed(input, numbered(INPUTS)), transformed(outputGradient, numbered(gradient)));
  const all = new Map(INPUTS.map((_, i) => [i, multiplied.get(i) ?? 0]));
  const expected = FILTER.map((_, tap) => gradient.reduce((sum, value, i) => sum + value * at(INPUTS, i + tap), 0));
  expectNear(transformed(KERNEL_GRADIENT_LINE, all), expected);
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
