import { describe, expect, test } from 'vitest';
import { initialValues } from '../../../../src/core/network/initial-values.ts';
import { INITIALIZERS, type Initializer } from '../../../../src/core/network/initializers.ts';
import { streamKey } from '../../../../src/core/random.ts';

const KEY = streamKey(42, 'weights');

/** A dense kernel that is large enough for its statistics to be near the truth. */
const DENSE = [500, 300];

/** A convolution's kernel: 3 by 3, 64 channels in, 128 out. */
const CONVOLUTION = [3, 3, 64, 128];

function statistics(values: Float32Array) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const extreme = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  return { mean, deviation: Math.sqrt(variance), extreme };
}

describe('initial values', () => {
  // Deviations by the definitions in Keras: 2/(in + out), 2/in and 1/in are the variances.
  const deviations: { readonly [Name in Initializer]: (fanIn: number, fanOut: number) => number } = {
    glorotUniform: (fanIn, fanOut) => Math.sqrt(2 / (fanIn + fanOut)),
    glorotNormal: (fanIn, fanOut) => Math.sqrt(2 / (fanIn + fanOut)),
    heUniform: (fanIn) => Math.sqrt(2 / fanIn),
    heNormal: (fanIn) => Math.sqrt(2 / fanIn),
    lecunUniform: (fanIn) => Math.sqrt(1 / fanIn),
    lecunNormal: (fanIn) => Math.sqrt(1 / fanIn),
    randomNormal: () => 0.05,
    zeros: () => 0,
    ones: () => 0,
  };

  test.each(INITIALIZERS)('of %s have the deviation that Keras gives them, in dense and convolution', (name) => {
    expect(statistics(initialValues(name, DENSE, KEY)).deviation).toBeCloseTo(deviations[name](500, 300), 3);
    expect(statistics(initialValues(name, CONVOLUTION, KEY)).deviation).toBeCloseTo(deviations[name](576, 1152), 3);
  });

  test.each(INITIALIZERS.filter((name) => name !== 'ones'))('of %s have mean 0', (name) => {
    expect(Math.abs(statistics(initialValues(name, DENSE, KEY)).mean)).toBeLessThan(5e-4);
  });

  test('of the uniform ones fill the range up to the square root of three deviations, and end there', () => {
    const limit = Math.sqrt(6 / 800);
    const { extreme } = statistics(initialValues('glorotUniform', DENSE, KEY));
    expect(extreme).toBeLessThanOrEqual(Math.fround(limit));
    expect(extreme).toBeGreaterThan(0.999 * limit);
  });

  test('of the truncated normal ones end at two deviations of the normal behind them', () => {
    const limit = (2 * Math.sqrt(2 / 500)) / 0.8796256610342398;
    const { extreme } = statistics(initialValues('heNormal', DENSE, KEY));
    expect(extreme).toBeLessThanOrEqual(limit * (1 + 1e-6));
    expect(extreme).toBeGreaterThan(0.99 * limit);
  });

  test('of the plain normal one are not cut: one in 370 lies beyond three deviations', () => {
    const values = initialValues('randomNormal', DENSE, KEY);
    const far = values.filter((value) => Math.abs(value) > 0.15).length / values.length;
    expect(far).toBeGreaterThan(0.0022);
    expect(far).toBeLessThan(0.0032);
  });

  test('of zeros and ones are what they say', () => {
    expect([...initialValues('zeros', [3], KEY)]).toEqual([0, 0, 0]);
    expect([...initialValues('ones', [3], KEY)]).toEqual([1, 1, 1]);
  });

  test('are the same for the same key and others for another', () => {
    expect(initialValues('heNormal', [4, 4], KEY)).toEqual(initialValues('heNormal', [4, 4], KEY));
    expect(initialValues('heNormal', [4, 4], KEY)).not.toEqual(
      initialValues('heNormal', [4, 4], streamKey(43, 'weights')),
    );
  });

  test('of the plain normal one spread as far as asked', () => {
    expect(statistics(initialValues('randomNormal', DENSE, KEY, 0.3)).deviation).toBeCloseTo(0.3, 2);
  });

  test("of an LSTM's bias are zeros, and ones for the forget gate", () => {
    expect([...initialValues('unitForgetBias', [8], KEY)]).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
  });

  test.each([
    { what: 'square', shape: [32, 32] },
    { what: 'wide', shape: [16, 64] },
    { what: 'tall', shape: [64, 16] },
    { what: 'a convolution kernel', shape: [3, 3, 4, 8] },
  ])('of the orthogonal one stand at right angles and have length 1: $what', ({ shape }) => {
    const columns = shape.at(-1) ?? 1;
    const values = initialValues('orthogonal', shape, KEY);
    const rows = values.length / columns;
    const vectors =
      rows >= columns
        ? Array.from({ length: columns }, (_, c) =>
            Array.from({ length: rows }, (_, r) => values[r * columns + c] ?? 0),
          )
        : Array.from({ length: rows }, (_, r) => [...values.slice(r * columns, (r + 1) * columns)]);
    vectors.forEach((a, i) => {
      vectors.forEach((b, j) => {
        const product = a.reduce((sum, value, k) => sum + value * (b[k] ?? 0), 0);
        expect(Math.abs(product - (i === j ? 1 : 0))).toBeLessThan(1e-6);
      });
    });
    expect(new Set(values).size).toBeGreaterThan(values.length / 2);
  });
});
