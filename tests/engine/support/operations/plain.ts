import type { Buffer } from '../../../../src/engine/step/buffer.ts';
import type { OperationName, OperationOf } from '../../../../src/engine/step/operation.ts';
import type { StepCall } from '../../../../src/engine/step/step-call.ts';

/** The values of a buffer before the operation. */
export type ValuesOf = (buffer: Buffer) => ArrayLike<number>;

/** What an operation writes, worked out in double precision and in the plainest way. */
export type Written = readonly (readonly [Buffer, ArrayLike<number>])[];

export type Reference<Name extends OperationName> = (
  operation: OperationOf<Name>,
  of: ValuesOf,
  call: StepCall,
) => Written;

export const list = (count: number, value: (i: number) => number) =>
  Float64Array.from({ length: count }, (_, i) => value(i));
export const sum = (count: number, value: (i: number) => number) =>
  list(count, value).reduce((total, part) => total + part, 0);
export const take = (values: ArrayLike<number>, i: number) => values[i] ?? Number.NaN;

/** A normal distribution's share below z, by integrating its density (Simpson's rule). */
function below(z: number): number {
  const density = (t: number) => Math.exp(-(t * t) / 2) / Math.sqrt(2 * Math.PI);
  const steps = 400;
  const width = z / steps;
  const area = sum(
    steps,
    (i) => (width / 6) * (density(i * width) + 4 * density((i + 0.5) * width) + density((i + 1) * width)),
  );
  return 0.5 + area;
}

export const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** Each activation but softmax, as Keras defines it. */
const CURVES: Readonly<Record<string, (z: number) => number>> = {
  linear: (z) => z,
  relu: (z) => Math.max(z, 0),
  leakyRelu: (z) => (z > 0 ? z : 0.2 * z),
  elu: (z) => (z > 0 ? z : Math.expm1(z)),
  selu: (z) => 1.0507009873554805 * (z > 0 ? z : 1.6732632423543772 * Math.expm1(z)),
  gelu: (z) => z * below(z),
  swish: (z) => z * sigmoid(z),
  sigmoid,
  tanh: Math.tanh,
  softplus: (z) => Math.log1p(Math.exp(z)),
};

export function curve(activation: string): (z: number) => number {
  const found = CURVES[activation];
  if (found === undefined) throw new RangeError(`There is no curve for ${activation}.`);
  return found;
}
