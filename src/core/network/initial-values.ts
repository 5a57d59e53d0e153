import { last } from '../at.ts';
import { normalQuantile } from '../normal-quantile.ts';
import { type RandomKey, uniforms } from '../random.ts';
import type { Initializer, WeightInitializer } from './initializers.ts';
import { type Shape, sizeOf } from './shape.ts';

/** The standard deviation of `randomNormal`, Keras' default. */
const RANDOM_NORMAL_STDDEV = 0.05;

/** Keras cuts its normal initializers at two deviations and divides by this, so that the variance comes out right. */
const TRUNCATED_NORMAL_STDDEV = 0.8796256610342398;

/** Inputs and outputs that one unit of a kernel sees: `[in, out]`, or `[height, width, in, out]` for convolutions. */
function fans(shape: Shape): { fanIn: number; fanOut: number } {
  if (shape.length < 2) return { fanIn: sizeOf(shape), fanOut: sizeOf(shape) };
  const receptive = sizeOf(shape.slice(0, -2));
  return { fanIn: receptive * (shape.at(-2) ?? 1), fanOut: receptive * (shape.at(-1) ?? 1) };
}

function variance(initializer: Initializer, shape: Shape, stddev: number): number {
  const { fanIn, fanOut } = fans(shape);
  switch (initializer) {
    case 'glorotUniform':
    case 'glorotNormal':
      return 2 / (fanIn + fanOut);
    case 'heUniform':
    case 'heNormal':
      return 2 / fanIn;
    case 'lecunUniform':
    case 'lecunNormal':
      return 1 / fanIn;
    case 'randomNormal':
      return stddev ** 2;
    case 'zeros':
    case 'ones':
      return 0;
    default:
      return initializer satisfies never;
  }
}

/** The standard deviation of the values that a kernel of this shape starts with. `stddev` as for `initialValues`. */
export function deviationOf(initializer: Initializer, shape: Shape, stddev: number): number {
  return Math.sqrt(variance(initializer, shape, stddev));
}

/**
 * A uniform number scaled to the range between the normal distribution's values at -2 and 2, then mapped to a normal
 * one.
 */
function truncatedNormal(uniform: number): number {
  const low = 0.022750131948179195;
  return normalQuantile(low + uniform * (1 - 2 * low));
}

/** A uniform number away from 0 and 1, where the quantile is infinite. */
function normal(uniform: number): number {
  return normalQuantile(uniform + 0.5 / 0x1000000);
}

/**
 * The initial values of one weight, in row-major order. The same key gives the same values on every machine. `stddev`
 * is the standard deviation of `randomNormal`; the others have their own.
 */
export function initialValues(
  initializer: WeightInitializer,
  shape: Shape,
  key: RandomKey,
  stddev: number = RANDOM_NORMAL_STDDEV,
): Float32Array<ArrayBuffer> {
  const values = new Float32Array(sizeOf(shape));
  switch (initializer) {
    case 'zeros':
      return values;
    case 'ones':
      return values.fill(1);
    case 'unitForgetBias':
      return values.fill(1, values.length / 4, values.length / 2);
    case 'orthogonal':
      return orthogonalValues(shape, key);
    default: {
      const draw = drawOf(initializer, deviationOf(initializer, shape, stddev));
      return uniforms(key, values.length).map(draw);
    }
  }
}

function drawOf(initializer: Initializer, deviation: number): (uniform: number) => number {
  if (initializer === 'randomNormal') return (u) => deviation * normal(u);
  if (initializer.endsWith('Uniform')) return (u) => (2 * u - 1) * Math.sqrt(3) * deviation;
  return (u) => (deviation / TRUNCATED_NORMAL_STDDEV) * truncatedNormal(u);
}

/**
 * Rows or columns, whichever are fewer, at right angles to one another and of length 1 (Saxe et al., arXiv:1312.6120). All
 * axes but the last count as rows, as in Keras.
 */
function orthogonalValues(shape: Shape, key: RandomKey): Float32Array<ArrayBuffer> {
  const columns = last(shape);
  const rows = sizeOf(shape) / columns;
  const count = Math.min(rows, columns);
  const length = Math.max(rows, columns);
  const drawn = uniforms(key, rows * columns);
  const vectors = orthonormalVectors(count, length, (i) => normal(drawn[i] ?? 0));
  const tall = rows >= columns;
  return Float32Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    return (tall ? vectors[column]?.[row] : vectors[row]?.[column]) ?? 0;
  });
}

/** Gram and Schmidt's method in its stable order: each new vector leaves every later one at once. */
function orthonormalVectors(count: number, length: number, draw: (index: number) => number): readonly Float64Array[] {
  const vectors = Array.from({ length: count }, (_, v) =>
    Float64Array.from({ length }, (_, i) => draw(v * length + i)),
  );
  vectors.forEach((vector, v) => {
    const norm = Math.sqrt(dot(vector, vector));
    for (let i = 0; i < length; i++) vector[i] = (vector[i] ?? 0) / norm;
    for (const later of vectors.slice(v + 1)) {
      const share = dot(vector, later);
      for (let i = 0; i < length; i++) later[i] = (later[i] ?? 0) - share * (vector[i] ?? 0);
    }
  });
  return vectors;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
