import type { Activation } from '../../../core/network/activations.ts';
import type { OperationOf } from '../../step/operation.ts';
import type { Dispatch } from '../dispatch.ts';
import { perValue } from './shader.ts';

const SELU_SCALE = '1.0507009873554805';
const SELU_ALPHA = '1.7580993408473766';

/**
 * Definitions as in Keras; leaky relu has the slope 0.2 below 0. `below`: the share of a normal distribution below a value,
 * by Abramowitz and Stegun, formula 7.1.26, to within 1.5e-7. Exponents are limited where a float would overflow.
 */
export const ACTIVATION_FUNCTIONS = `
fn sigmoid(v: f32) -> f32 { return 1.0 / (1.0 + exp(min(-v, 80.0))); }
fn below(v: f32) -> f32 {
  let t = 1.0 / (1.0 + 0.3275911 * 0.7071067811865476 * abs(v));
  let series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  let beyond = 0.5 * series * exp(-0.5 * v * v);
  return select(1.0 - beyond, beyond, v < 0.0);
}`;

/** An activation in WGSL, each of a value `v`: the function, and its slope by what went in or by what came out. */
interface Formula {
  readonly apply: string;
  readonly slope: string;
  readonly slopeFrom: 'x' | 'y' | 'either';
}

export const FORMULAS: { readonly [Name in Exclude<Activation, 'softmax'>]: Formula } = {
  linear: { apply: 'v', slope: '1.0', slopeFrom: 'either' },
  relu: { apply: 'max(v, 0.0)', slope: 'select(0.0, 1.0, v > 0.0)', slopeFrom: 'either' },
  leakyRelu: { apply: 'max(v, 0.2 * v)', slope: 'select(0.2, 1.0, v > 0.0)', slopeFrom: 'either' },
  elu: { apply: 'select(exp(min(v, 0.0)) - 1.0, v, v > 0.0)', slope: 'select(v + 1.0, 1.0, v > 0.0)', slopeFrom: 'y' },
  selu: {
    apply: `select(${SELU_ALPHA} * (exp(min(v, 0.0)) - 1.0), ${SELU_SCALE} * v, v > 0.0)`,
    slope: `select(${SELU_ALPHA} * exp(min(v, 0.0)), ${SELU_SCALE}, v > 0.0)`,
    slopeFrom: 'x',
  },
  gelu: { apply: 'v * below(v)', slope: 'below(v) + v * 0.3989422804014327 * exp(-0.5 * v * v)', slopeFrom: 'x' },
  swish: { apply: 'v * sigmoid(v)', slope: 'sigmoid(v) * (1.0 + v * (1.0 - sigmoid(v)))', slopeFrom: 'x' },
  sigmoid: { apply: 'sigmoid(v)', slope: 'v * (1.0 - v)', slopeFrom: 'y' },
  tanh: { apply: 'tanh(clamp(v, -20.0, 20.0))', slope: '1.0 - v * v', slopeFrom: 'y' },
  softplus: { apply: 'max(v, 0.0) + log(1.0 + exp(-abs(v)))', slope: 'sigmoid(v)', slopeFrom: 'x' },
};

/** y = activation(x): [count]; softmax by rows of `columns` values. */
export function activate({ inputs: { x }, outputs: { y }, attributes }: OperationOf<'activate'>): readonly Dispatch[] {
  const { activation, count, columns } = attributes;
  const shader =
    activation === 'softmax'
      ? perValue(count / columns, softmaxRow(columns))
      : perValue(count, `let v = x[i];\n  y[i] = ${FORMULAS[activation].apply};`, ACTIVATION_FUNCTIONS);
  return [{ name: activation, reads: { x }, writes: { y }, ...shader }];
}

/** dx = dy times the slope: [count] */
export function activateGradient(operation: OperationOf<'activateGradient'>): readonly Dispatch[] {
  const { inputs, outputs, attributes } = operation;
  const { activation, count, columns } = attributes;
  const source = inputs.x ?? inputs.y;
  const needed = activation === 'softmax' ? 'y' : FORMULAS[activation].slopeFrom;
  if (source === null || (needed !== 'either' && inputs[needed] === null)) {
    throw new RangeError(`The slope of ${activation} is not computed from this.`);
  }
  const shader =
    activation === 'softmax'
      ? perValue(count / columns, softmaxRowGradient(columns))
      : perValue(count, `let v = source[i];\n  dx[i] = dy[i] * (${FORMULAS[activation].slope});`, ACTIVATION_FUNCTIONS);
  return [{ name: `${activation} gradient`, reads: { dy: inputs.dy, source }, writes: { dx: outputs.dx }, ...shader }];
}

/** WGSL for row i. */
function softmaxRow(columns: number): string {
  return `let first = i * ${columns}u;
  var top = x[first];
  for (var c = 1u; c < ${columns}u; c++) { top = max(top, x[first + c]); }
  var total = 0.0;
  for (var c = 0u; c < ${columns}u; c++) { total += exp(x[first + c] - top); }
  for (var c = 0u; c < ${columns}u; c++) { y[first + c] = exp(x[first + c] - top) / total; }`;
}

/** WGSL for row i: dx = y (dy - sum(dy y)). */
function softmaxRowGradient(columns: number): string {
  return `let first = i * ${columns}u;
  var mutual = 0.0;
  for (var c = 0u; c < ${columns}u; c++) { mutual += dy[first + c] * source[first + c]; }
  for (var c = 0u; c < ${columns}u; c++) { dx[first + c] = source[first + c] * (dy[first + c] - mutual); }`;
}
