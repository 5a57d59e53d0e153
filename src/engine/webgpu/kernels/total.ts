import type { Buffer } from '../../step/buffer.ts';
import type { Dispatch } from '../dispatch.ts';
import { GROUP, gridOf, sumOf } from './shader.ts';

/** Values that an invocation adds up. */
const EACH = 16;
const PER_PART = GROUP * EACH;

/** In how many parts so many values are summed. */
export function totalParts(count: number): number {
  return Math.ceil(count / PER_PART);
}

/** The sum of `value`, WGSL of value `i` of x, in parts: x: [count] -> parts from place `start` on: [totalParts] */
export function sumInParts(
  name: string,
  { x, count, value, parts, start = 0 }: { x: Buffer; count: number; value: string; parts: Buffer; start?: number },
): Dispatch {
  const { workgroups, number } = gridOf(totalParts(count));
  const code = `${sumOf('f32')}
@compute @workgroup_size(${GROUP})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let part = ${number};
  var own = 0.0;
  for (var j = 0u; j < ${EACH}u; j++) {
    let i = part * ${PER_PART}u + j * ${GROUP}u + local;
    if (i < ${count}u) { own += ${value}; }
  }
  let sum = sumOf(local, own);
  if (local == 0u && part < ${totalParts(count)}u) { parts[${start}u + part] = sum; }
}`;
  return { name, code, reads: { x }, writes: { parts }, workgroups };
}

/** What is made of the sum of all parts: `finish` is WGSL statements that use `sum`, and write to `goal`. */
export function finishTotal(
  name: string,
  { parts, count, target, finish }: { parts: Buffer; count: number; target: Buffer; finish: string },
): Dispatch {
  const code = `${sumOf('f32')}
@compute @workgroup_size(${GROUP})
fn main(@builtin(local_invocation_index) local: u32) {
  var own = 0.0;
  for (var i = local; i < ${count}u; i += ${GROUP}u) { own += parts[i]; }
  let sum = sumOf(local, own);
  if (local == 0u) { ${finish} }
}`;
  return { name, code, reads: { parts }, writes: { goal: target }, workgroups: [1, 1, 1] };
}
