/** Counts since the worker started; `bytes` is what the textures hold now. */
export interface GlCounts {
  readonly draws: number;
  readonly uploads: number;
  readonly readbacks: number;
  readonly bytes: number;
}

const DRAWS = [
  'drawArrays',
  'drawElements',
  'drawArraysInstanced',
  'drawElementsInstanced',
  'drawRangeElements',
] as const;
const SUB_UPLOADS = ['texSubImage2D', 'texSubImage3D'] as const;

type Method = (this: WebGL2RenderingContext, ...args: unknown[]) => unknown;
type Methods = Record<string, Method>;

/** Wraps WebGL2 in this worker, before anybody has a context, and returns the counts so far when called. */
export function countGlCalls(): () => GlCounts {
  const counts = { draws: 0, uploads: 0, readbacks: 0 };
  const methods = WebGL2RenderingContext.prototype as unknown as Methods;
  for (const name of DRAWS) before(methods, name, () => counts.draws++);
  for (const name of SUB_UPLOADS) before(methods, name, () => counts.uploads++);
  for (const name of ['texImage2D', 'texImage3D'])
    before(methods, name, (_gl, args) => hasPixels(args) && counts.uploads++);
  before(methods, 'readPixels', () => counts.readbacks++);
  const bytes = countTextureBytes(methods);
  return () => ({ ...counts, bytes: bytes() });
}

/** Pixels, or where they come from, are the last argument; null allocates only. */
function hasPixels(args: readonly unknown[]): boolean {
  return args.at(-1) !== null && args.at(-1) !== undefined;
}

function before(
  methods: Methods,
  name: string,
  note: (gl: WebGL2RenderingContext, args: readonly unknown[]) => void,
): void {
  const original = methods[name];
  if (original === undefined) throw new Error(`WebGL2 has no ${name}.`);
  methods[name] = function (...args) {
    note(this, args);
    return original.apply(this, args);
  };
}

/** Bytes a texel by internal format, for the formats that tfjs and this app use. */
const TEXEL_BYTES: ReadonlyMap<number, number> = new Map([
  [0x8229, 1], // R8
  [0x8232, 1], // R8UI
  [0x822d, 2], // R16F
  [0x822b, 2], // RG8
  [0x822e, 4], // R32F
  [0x8235, 4], // R32I
  [0x8236, 4], // R32UI
  [0x1908, 4], // RGBA
  [0x8058, 4], // RGBA8
  [0x8d7c, 4], // RGBA8UI
  [0x8230, 8], // RG32F
  [0x881a, 8], // RGBA16F
  [0x8814, 16], // RGBA32F
  [0x8d70, 16], // RGBA32UI
]);

function countTextureBytes(methods: Methods): () => number {
  const sizes = new Map<unknown, number>();
  const bound = new Map<unknown, unknown>();
  const allocate = (target: unknown, format: unknown, ...extents: unknown[]) => {
    const texels = extents.reduce<number>((product, extent) => product * Number(extent), 1);
    sizes.set(bound.get(target), texels * (TEXEL_BYTES.get(Number(format)) ?? Number.NaN));
  };
  // Whoever allocates has bound the texture to the active unit just before.
  before(methods, 'bindTexture', (_gl, [target, texture]) => bound.set(target, texture));
  before(methods, 'deleteTexture', (_gl, [texture]) => sizes.delete(texture));
  before(methods, 'texStorage2D', (_gl, [target, , format, w, h]) => allocate(target, format, w, h));
  before(methods, 'texStorage3D', (_gl, [target, , format, w, h, d]) => allocate(target, format, w, h, d));
  before(methods, 'texImage2D', (_gl, [target, , format, w, h]) => allocate(target, format, w, h));
  before(methods, 'texImage3D', (_gl, [target, , format, w, h, d]) => allocate(target, format, w, h, d));
  return () => Array.from(sizes.values()).reduce((sum, size) => sum + size, 0);
}
