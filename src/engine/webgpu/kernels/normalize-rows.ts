import type { OperationOf } from '../../step/operation.ts';
import { type Dispatch, present } from '../dispatch.ts';
import { float, gridOf, sumOf } from './shader.ts';

/** Invocations that share a row. */
const ACROSS = 64;

interface Extents {
  readonly rows: number;
  readonly channels: number;
  readonly epsilon: number;
}

/** Each row normalised by itself. x: [rows, channels] -> y: [rows, channels] */
export function normalizeRows({ inputs, outputs, attributes }: OperationOf<'normalizeRows'>): readonly Dispatch[] {
  const { x, gamma, beta } = inputs;
  const scaled = `standard(i)${gamma === null ? '' : ' * gamma[c]'}${beta === null ? '' : ' + beta[c]'}`;
  const body = forEachValue(attributes, `y[i] = ${scaled};`);
  const reads = { x, ...present({ gamma, beta }) };
  return [{ name: 'normalize rows', reads, writes: outputs, ...perRow(attributes, body) }];
}

/** dx = (g - mean(g) - n mean(g n)) / deviation with g = gamma dy and n the normalised row, scaled = dy n: [rows, channels] */
export function normalizeRowsGradient(operation: OperationOf<'normalizeRowsGradient'>): readonly Dispatch[] {
  const { inputs, outputs, attributes } = operation;
  const { x, dy, gamma } = inputs;
  const g = `dy[i]${gamma === null ? '' : ' * gamma[c]'}`;
  const body = `workgroupBarrier();
  own = vec2f();
  ${forEachValue(attributes, `own += ${g} * vec2f(1.0, standard(i));`)}
  let means = sumOf(local, own) / ${float(attributes.channels)};
  ${forEachValue(attributes, `dx[i] = (${g} - means.x - standard(i) * means.y) * inverse;\n scaled[i] = dy[i] * standard(i);`)}`;
  const reads = { x, dy, ...present({ gamma }) };
  return [{ name: 'normalize rows gradient', reads, writes: outputs, ...perRow(attributes, body) }];
}

/**
 * A workgroup for each row of x, with its mean and the inverse of its deviation. `body`: WGSL statements of all its invocations, with
 * `standard(i)` for a normalised value.
 */
function perRow(extents: Extents, body: string): Pick<Dispatch, 'code' | 'workgroups'> {
  const { rows, channels, epsilon } = extents;
  const { workgroups, number } = gridOf(rows);
  const code = `${sumOf('vec2f', ACROSS)}
var<private> mean: f32;
var<private> inverse: f32;
fn standard(i: u32) -> f32 { return (x[i] - mean) * inverse; }
@compute @workgroup_size(${ACROSS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let row = ${number};
  if (row >= ${rows}u) { return; }
  var own = vec2f();
  ${forEachValue(extents, 'own.x += x[i];')}
  mean = sumOf(local, own).x / ${float(channels)};
  workgroupBarrier();
  own = vec2f();
  ${forEachValue(extents, 'own.x += (x[i] - mean) * (x[i] - mean);')}
  inverse = 1.0 / sqrt(sumOf(local, own).x / ${float(channels)} + ${float(epsilon)});
  ${body}
}`;
  return { code, workgroups };
}

/** WGSL statements for the values of a row that are an invocation's own: value `i` in channel `c`. */
function forEachValue({ channels }: Extents, body: string): string {
  return `for (var c = local; c < ${channels}u; c += ${ACROSS}u) {
    let i = row * ${channels}u + c;
    ${body}
  }`;
}
