import { type Fold, foldedPlace, unfoldedPlace } from './fold.ts';
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
  const [first] = outputs;
  const fold = first?.fold ?? null;
  if (outputs.some((texture) => !isSameFold(texture.fold, fold))) {
    throw new Error(`${kernel.name} was given targets that are folded differently.`);
  }
  const { name, width, height } = kernel;
  return { name, width, height, fold, source: sourceOf(kernel, inputs, fold), targets, inputs };
}

function isSameFold(a: Fold | null, b: Fold | null): boolean {
  return a === b || (a !== null && b !== null && foldedPlace(a, 'x', 'y') === foldedPlace(b, 'x', 'y'));
}

/** The whole shader. Where textures are folded, what it reads and where it writes is translated. */
function sourceOf(kernel: Kernel, inputs: Readonly<Record<string, Texture>>, fold: Fold | null): string {
  const outs = repeat(kernel.targets, (i) => `layout(location = ${i}) out vec4 o${i};`, '\n');
  const folds = new Map(Object.keys(kernel.inputs).map((name) => [name, inputs[name]?.fold ?? null]));
  const readers = [...folds].flatMap(([name, folded]) => (folded === null ? [] : [reader(name, kernel, folded)]));
  const body = kernel.body.replace(/texelFetch\((\w+),/g, (fetch, name) => (folds.get(name) ? `${name}Texel(` : fetch));
  return [samplers(kernel.inputs), outs, place(fold), ...readers, body].join('\n');
}

/** GLSL of `frag`. */
function place(fold: Fold | null): string {
  if (fold === null) return '#define frag ivec2(gl_FragCoord.xy)';
  return `ivec2 placeOf(ivec2 at) { return ivec2(${unfoldedPlace(fold, 'at.x', 'at.y')}); }
#define frag placeOf(ivec2(gl_FragCoord.xy))`;
}

/** GLSL of a function that stands for `texelFetch` of a folded texture. */
function reader(name: string, { inputs }: Kernel, fold: Fold): string {
  const type = inputs[name] === 'r32ui' || inputs[name] === 'r8ui' ? 'uvec4' : 'vec4';
  return `${type} ${name}Texel(ivec3 at, int lod) {
  return texelFetch(${name}, ivec3(${foldedPlace(fold, 'at.x', 'at.y')}, at.z), lod);
}`;
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
