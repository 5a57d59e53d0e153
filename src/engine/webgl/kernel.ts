import { type Pass, samplers } from './gpu.ts';
import type { ImageLayout } from './layout.ts';
import type { TexelFormat, Texture } from './texture.ts';

/** A program and the area that it draws, before it is given textures. */
export interface Kernel {
  readonly name: string;
  /** GLSL ES 3.00 from the uniforms to `main`; `frag` is the texel's position, `o0`, `o1` ... are the targets. */
  readonly body: string;
  readonly inputs: Readonly<Record<string, TexelFormat>>;
  /** How many targets it writes. */
  readonly targets: number;
  readonly width: number;
  readonly height: number;
}

/** A kernel that reads the given textures and writes all layers of `outputs`, in order. */
export function passOf(kernel: Kernel, inputs: Record<string, Texture>, outputs: readonly Texture[]): Pass {
  const targets = outputs.flatMap((texture) =>
    Array.from({ length: texture.layers }, (_, layer) => ({ texture, layer })),
  );
  if (targets.length !== kernel.targets) {
    throw new Error(`${kernel.name} writes ${kernel.targets} targets and was given ${targets.length}.`);
  }
  const missing = Object.keys(kernel.inputs).filter((name) => !(name in inputs));
  if (missing.length > 0) throw new Error(`${kernel.name} misses ${missing.join(', ')}.`);
  const { name, width, height } = kernel;
  return { name, width, height, source: sourceOf(kernel), targets, inputs };
}

function sourceOf(kernel: Kernel): string {
  const outs = repeat(kernel.targets, (i) => `layout(location = ${i}) out vec4 o${i};`, '\n');
  return `${samplers(kernel.inputs)}\n${outs}\n#define frag ivec2(gl_FragCoord.xy)\n${kernel.body}`;
}

/** Lines of GLSL, one for each index. */
export function repeat(count: number, line: (i: number) => string, separator = '\n  '): string {
  return Array.from({ length: count }, (_, i) => line(i)).join(separator);
}

/** GLSL: 1 in the lanes of channel group `group` that hold a channel, 0 in the others. */
export function laneMask(channels: number, group: string): string {
  if (channels % 4 === 0) return 'vec4(1.0)';
  return `vec4(lessThan(ivec4(${group} * 4) + ivec4(0, 1, 2, 3), ivec4(${channels})))`;
}

/** GLSL that splits `frag` of an image texture into image `n`, row `y`, column `xb` and channel group `c`. */
export function decode({ height, groups }: ImageLayout): string {
  return `int c = frag.x % ${groups};
  int xb = frag.x / ${groups};
  int n = frag.y / ${height};
  int y = frag.y % ${height};`;
}

/** A whole number as a GLSL float. */
export function float(value: number): string {
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
