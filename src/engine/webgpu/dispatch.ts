import type { Buffer } from '../step/buffer.ts';
import type { StepCall } from '../step/step-call.ts';

/** What a shader gets anew at each step: 32-bit values by name, seen in WGSL as `call.name`. */
export interface Uniforms {
  readonly fields: Readonly<Record<string, 'f32' | 'u32'>>;
  valuesAt(call: StepCall): Readonly<Record<string, number>>;
}

/** What does not belong to the step: all training samples, as they are stored, and the positions of the batch's among them. */
export type Outside = 'stored' | 'indices';

/** One shader and what it is bound to. Kernels turn an operation into one or a few of them. */
export interface Dispatch {
  readonly name: string;
  /** WGSL with an entry point `main`; buffers go by the names below, as arrays of f32, or of i32 where they hold whole numbers. */
  readonly code: string;
  readonly reads: Readonly<Record<string, Buffer>>;
  /** Buffers that are written, and may be read, too. */
  readonly writes: Readonly<Record<string, Buffer>>;
  /** Buffers from outside of the step, read as arrays of u32. */
  readonly outside?: readonly Outside[];
  readonly uniforms?: Uniforms;
  readonly workgroups: readonly [number, number, number];
}

/** Values between two dispatches of one operation: [count]. */
export function scratch(name: string, count: number): Buffer {
  return { name, role: 'step', type: 'float32', shape: [count] };
}

/** Those of some buffers that are there, by name. */
export function present(buffers: Readonly<Record<string, Buffer | null>>): Readonly<Record<string, Buffer>> {
  return Object.fromEntries(
    Object.entries(buffers).flatMap(([name, buffer]) => (buffer === null ? [] : [[name, buffer]])),
  );
}

/** The shader with the declarations of what it is bound to, in the order of `bindingsOf`. */
export function shaderOf(dispatch: Dispatch): string {
  const { reads, writes, outside = [], uniforms } = dispatch;
  const declared = [
    ...Object.entries(reads).map(([name, buffer]) => `var<storage, read> ${name}: array<${elementOf(buffer)}>;`),
    ...Object.entries(writes).map(([name, buffer]) => `var<storage, read_write> ${name}: array<${elementOf(buffer)}>;`),
    ...outside.map((name) => `var<storage, read> ${name}: array<u32>;`),
    ...(uniforms === undefined ? [] : ['var<uniform> call: Call;']),
  ];
  const fields = Object.entries(uniforms?.fields ?? {}).map(([name, type]) => `${name}: ${type}`);
  return [
    ...(uniforms === undefined ? [] : [`struct Call { ${fields.join(', ')} }`]),
    ...declared.map((variable, binding) => `@group(0) @binding(${binding}) ${variable}`),
    dispatch.code,
  ].join('\n');
}

function elementOf({ type }: Buffer): 'f32' | 'i32' {
  return type === 'float32' ? 'f32' : 'i32';
}
