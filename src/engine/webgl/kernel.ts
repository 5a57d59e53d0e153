import { type Fold, foldedPlace, unfoldedPlace } from './fold.ts';
import type { Pass } from './gpu.ts';
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

/** The whole shader. What it reads and where it writes is translated to how the textures lie. */
function sourceOf(kernel: Kernel, inputs: Readonly<Record<string, Texture>>, fold: Fold | null): string {
  const outs = repeat(kernel.targets, (i) => `layout(location = ${i}) out vec4 o${i};`, '\n');
  const readers = Object.entries(inputs).map(([name, texture]) => reader(name, texture));
  const body = kernel.body.replace(/texelFetch\((\w+),/g, '$1Texel(');
  return [...readers, outs, place(fold), body].join('\n');
}

/** GLSL of `frag`. */
function place(fold: Fold | null): string {
  if (fold === null) return '#define frag ivec2(gl_FragCoord.xy)';
  return `ivec2 placeOf(ivec2 at) { return ivec2(${unfoldedPlace(fold, 'at.x', 'at.y')}); }
#define frag placeOf(ivec2(gl_FragCoord.xy))`;
}

/**
 * GLSL of a sampler and of the function that stands for its `texelFetch`. It samples the middle of the texel, without a filter: a GPU takes the same time
 * for both, but software renderers look up the level that is fetched from, fragment by fragment. Sampling, they know that there is only one.
 */
function reader(name: string, { layers, fold, folded, format }: Texture): string {
  const sign = format === 'r32ui' || format === 'r8ui' ? 'u' : '';
  const place = fold === null ? 'texel.xy' : foldedPlace(fold, 'texel.x', 'texel.y');
  const middle = `(vec2(${place}) + 0.5) * vec2(${float(1 / folded.width)}, ${float(1 / folded.height)})`;
  return `uniform ${sign}sampler2D${layers === 1 ? '' : 'Array'} ${name};
${sign}vec4 ${name}Texel(ivec3 texel, int level) {
  return textureLod(${name}, ${layers === 1 ? middle : `vec3(${middle}, texel.z)`}, 0.0);
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
