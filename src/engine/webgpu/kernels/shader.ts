/** Invocations of a workgroup, the most that every device has. */
export const GROUP = 256;
/** Workgroups in a row of a grid; more of them go into further rows. */
const MOST_ACROSS = 32_768;

/** A float as WGSL writes it. */
export function float(value: number): string {
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** The same text for 0 ... count - 1. */
export function repeat(count: number, text: (index: number) => string, separator = '\n'): string {
  return Array.from({ length: count }, (_, index) => text(index)).join(separator);
}

/** A grid of so many workgroups: as it is dispatched, and WGSL of a workgroup's number in it. */
export function gridOf(groups: number): {
  readonly workgroups: readonly [number, number, number];
  readonly number: string;
} {
  const across = Math.min(groups, MOST_ACROSS);
  return { workgroups: [across, Math.ceil(groups / across), 1], number: `(group.y * ${across}u + group.x)` };
}

interface Shader {
  readonly code: string;
  readonly workgroups: readonly [number, number, number];
}

/** An invocation for each of so many values. `body`: WGSL statements for value `i`; `functions` come before it. */
export function perValue(count: number, body: string, functions = ''): Shader {
  const { workgroups, number } = gridOf(Math.ceil(count / GROUP));
  const code = `${functions}
@compute @workgroup_size(${GROUP})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = ${number} * ${GROUP}u + local;
  if (i >= ${count}u) { return; }
  ${body}
}`;
  return { code, workgroups };
}

/**
 * WGSL `fn sumOf(local: u32, value: type) -> type`: the sum of the values of a workgroup's invocations, always in the same
 * order. Between two calls there must be a barrier. `group`: the invocations, a power of two.
 */
export function sumOf(type: 'f32' | 'vec2f', group = GROUP): string {
  return `
var<workgroup> sums: array<${type}, ${group}>;
fn sumOf(local: u32, value: ${type}) -> ${type} {
  sums[local] = value;
  workgroupBarrier();
  for (var width = ${group / 2}u; width > 0u; width /= 2u) {
    if (local < width) { sums[local] += sums[local + width]; }
    workgroupBarrier();
  }
  return sums[0];
}`;
}
