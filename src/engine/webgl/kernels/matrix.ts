import type { MuonSpec } from '../../../core/training/optimizers/muon.ts';
import { float, type Kernel } from '../kernel.ts';
import { extentOf, type ImageLayout, layoutOf } from '../layout.ts';
import type { WeightLayout } from './conv-shape.ts';
import { elementwise } from './elementwise.ts';
import type { PartialLayout } from './partial.ts';
import type { Penalty } from './penalty.ts';
import { weightGradient } from './weight-gradient.ts';

/** How weights lie as a matrix [taps * inputs, filters], without the rows that fill up a tap. */
export function matrixLayout({ taps, inputs, filters }: WeightLayout): ImageLayout {
  return layoutOf(taps * inputs, [filters]);
}

/** GLSL: the row of the weights in which matrix row `row` lies. */
function weightRow({ groups, inputs }: WeightLayout, row: string): string {
  return `${row} / ${inputs} * ${groups * 4} + ${row} % ${inputs}`;
}

/** GLSL of the reverse, and whether there is a matrix row for weight row `row`. */
export function matrixRow({ groups, inputs }: WeightLayout): { readonly row: string; readonly exists: string } {
  return { row: `row / ${groups * 4} * ${inputs} + row % ${groups * 4}`, exists: `row % ${groups * 4} < ${inputs}` };
}

/** GLSL of what a matrix is made of: values of the weights or biases `w`. */
interface FromWeights {
  readonly name: string;
  readonly bias: boolean;
  readonly value: string;
}

/** A matrix made of weights, value by value, or a single row made of biases. weights -> `matrixLayout`, or [1, filters] */
export function fromWeights(layout: WeightLayout, { name, bias, value }: FromWeights): Kernel {
  const { width, height } = extentOf(bias ? layoutOf(1, [layout.filters]) : matrixLayout(layout));
  const body = `
void main() {
  vec4 w = texelFetch(weights, ivec3(frag.x, ${bias ? layout.biasRow : weightRow(layout, 'frag.y')}, 0), 0);
  o0 = ${value};
}`;
  return { name, body, inputs: { weights: 'rgba32f' }, targets: 1, width, height };
}

/**
 * The whole gradient of weights as a matrix: its parts added up, with that of the penalties. gradient: partial sums, weights, and where
 * gradients are clipped `factor`: the one texel of `clipFactor` -> `matrixLayout`
 */
export function wholeGradient(layout: WeightLayout, partial: PartialLayout, penalty: Penalty, clips: boolean): Kernel {
  const { width, height } = extentOf(matrixLayout(layout));
  const penalised = penalty.l1 !== 0 || penalty.l2 !== 0;
  const body = `
${weightGradient(layout, partial, penalty)}
void main() {
  int row = ${weightRow(layout, 'frag.y')};
  vec4 w = ${penalised ? 'texelFetch(weights, ivec3(frag.x, row, 0), 0)' : 'vec4(0.0)'};
  o0 = weightGradient(frag.x, row, w)${clips ? ' * texelFetch(factor, ivec3(0), 0).x' : ''};
}`;
  const weights = penalised ? ({ weights: 'rgba32f' } as const) : {};
  const factor = clips ? ({ factor: 'rgba32f' } as const) : {};
  return {
    name: 'whole gradient',
    body,
    inputs: { gradient: 'rgba32f', ...weights, ...factor },
    targets: 1,
    width,
    height,
  };
}

/** z = a x + b y. x: in layout `layout`, y: in layout `other` -> `layout` */
export function blend(layout: ImageLayout, other: ImageLayout, a: number, b: number): Kernel {
  const result = `${float(a)} * x_value + ${float(b)} * y_value`;
  return elementwise(layout, { name: 'blend', inputs: { x_value: layout, y_value: other }, result });
}

/** Texels in which the sum of squares is kept at most. */
const MOST_PARTS = 128;

/** In how many parts the squares of a layout are added up. */
export function squareParts({ batch, height }: ImageLayout): number {
  const rows = batch * height;
  return Math.ceil(rows / Math.ceil(rows / MOST_PARTS));
}

/** Sums of squares over parts of the rows. x: in one layer -> [squareParts] in lane x */
export function squares(layout: ImageLayout): Kernel {
  const { width, height: rows } = extentOf(layout);
  const parts = squareParts(layout);
  const each = Math.ceil(rows / parts);
  const body = `
void main() {
  vec4 sum = vec4(0.0);
  for (int row = frag.x * ${each}; row < min((frag.x + 1) * ${each}, ${rows}); row++) {
    for (int column = 0; column < ${width}; column++) {
      vec4 v = texelFetch(x, ivec3(column, row, 0), 0);
      sum += v * v;
    }
  }
  o0 = vec4(dot(sum, vec4(1.0)), 0.0, 0.0, 0.0);
}`;
  return { name: 'squares', body, inputs: { x: 'rgba32f' }, targets: 1, width: parts, height: 1 };
}

/** sqrt(sum) + epsilon. squares: [parts] in lane x -> one texel */
export function lengthOfSquares(parts: number, epsilon: number): Kernel {
  const body = `
void main() {
  float sum = 0.0;
  for (int part = 0; part < ${parts}; part++) sum += texelFetch(squares, ivec3(part, 0, 0), 0).x;
  o0 = vec4(sqrt(sum) + ${float(epsilon)}, 0.0, 0.0, 0.0);
}`;
  return { name: 'length', body, inputs: { squares: 'rgba32f' }, targets: 1, width: 1, height: 1 };
}

/** y = x / length. length: one texel -> the same layout */
export function shortened(layout: ImageLayout): Kernel {
  const kernel = elementwise(layout, {
    name: 'unit length',
    inputs: { v: layout },
    result: 'v / texelFetch(size, ivec3(0), 0).x',
  });
  return { ...kernel, inputs: { ...kernel.inputs, size: 'rgba32f' } };
}

/**
 * A kernel and its velocity moved by Muon, without the row of biases. weights, velocity; gradient, direction: matrices -> o0: weights, o1:
 * velocity
 */
export function matrixStep(layout: WeightLayout, { momentum }: MuonSpec): Kernel {
  const { row, exists } = matrixRow(layout);
  const body = `
uniform float rate;
uniform float decay;
void main() {
  int row = frag.y;
  ivec3 at = ivec3(frag.x, ${row}, 0);
  vec4 w = texelFetch(weights, ivec3(frag, 0), 0);
  vec4 v = ${float(momentum)} * texelFetch(velocity, ivec3(frag, 0), 0);
  o0 = w;
  o1 = v;
  if (${exists}) {
    o0 = w - decay * w - rate * texelFetch(direction, at, 0);
    o1 = v + texelFetch(gradient, at, 0);
  }
}`;
  const inputs = { weights: 'rgba32f', velocity: 'rgba32f', gradient: 'rgba32f', direction: 'rgba32f' } as const;
  return { name: 'matrix step', body, inputs, targets: 2, width: layout.columns, height: layout.biasRow };
}
