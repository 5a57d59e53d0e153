import { type Area, type Extent, type Fold, foldedExtent, foldOf, piecesOf } from './fold.ts';

/** What a texel holds. All textures are 2D arrays; most have one layer. */
export type TexelFormat = 'rgba32f' | 'rgba8' | 'r32ui' | 'r8ui';

/** A block of device memory: `layers` planes of `height` rows of `width` texels, which lie in it as `fold` says. */
export interface Texture {
  readonly handle: WebGLTexture;
  readonly width: number;
  readonly height: number;
  readonly layers: number;
  readonly fold: Fold | null;
  readonly format: TexelFormat;
  readonly bytes: number;
}

/** A texture to be made. */
export interface PlannedTexture {
  readonly extent: Extent;
  readonly format: TexelFormat;
}

const TEXEL_BYTES: { readonly [Format in TexelFormat]: number } = { rgba32f: 16, rgba8: 4, r32ui: 4, r8ui: 1 };

/** The bytes that a texture takes where none may be wider or taller than `maxSize`. */
export function textureBytes({ extent, format }: PlannedTexture, maxSize: number): number {
  const { width, height, layers } = foldedExtent(extent, maxSize);
  return width * height * layers * TEXEL_BYTES[format];
}

interface FormatInfo {
  readonly internal: GLenum;
  readonly format: GLenum;
  readonly type: GLenum;
  /** The GLSL type of its sampler. */
  readonly sampler: string;
}

/** The constants of a texel format in GL, and its sampler in GLSL. */
function formatInfo(gl: WebGL2RenderingContext, format: TexelFormat): FormatInfo {
  switch (format) {
    case 'rgba32f':
      return { internal: gl.RGBA32F, format: gl.RGBA, type: gl.FLOAT, sampler: 'sampler2DArray' };
    case 'rgba8':
      return { internal: gl.RGBA8, format: gl.RGBA, type: gl.UNSIGNED_BYTE, sampler: 'sampler2DArray' };
    case 'r32ui':
      return {
        internal: gl.R32UI,
        format: gl.RED_INTEGER,
        type: gl.UNSIGNED_INT,
        sampler: 'usampler2DArray',
      };
    case 'r8ui':
      return {
        internal: gl.R8UI,
        format: gl.RED_INTEGER,
        type: gl.UNSIGNED_BYTE,
        sampler: 'usampler2DArray',
      };
    default:
      return format satisfies never;
  }
}

/**
 * Makes a texture of zeros that is read by texel, without filtering, and folded where it would be wider or taller than `maxSize`. Throws where
 * the device has no such texture.
 */
export function createTexture(
  gl: WebGL2RenderingContext,
  extent: Extent,
  format: TexelFormat,
  maxSize: number,
): Texture {
  const { width, height, layers } = foldedExtent(extent, maxSize);
  const info = formatInfo(gl, format);
  const handle = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D_ARRAY, handle);
  gl.texStorage3D(gl.TEXTURE_2D_ARRAY, 1, info.internal, width, height, layers);
  for (const parameter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) {
    gl.texParameteri(gl.TEXTURE_2D_ARRAY, parameter, gl.NEAREST);
  }
  for (const parameter of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) {
    gl.texParameteri(gl.TEXTURE_2D_ARRAY, parameter, gl.CLAMP_TO_EDGE);
  }
  gl.bindTexture(gl.TEXTURE_2D_ARRAY, null);
  return { handle, ...extent, fold: foldOf(extent, maxSize), format, bytes: textureBytes({ extent, format }, maxSize) };
}

/** Writes whole rows of one layer, from `row` on; `data` holds them texel after texel. */
export function writeRows(
  gl: WebGL2RenderingContext,
  texture: Texture,
  data: Float32Array | Uint8Array | Uint32Array,
  { row = 0, rows = texture.height, layer = 0 } = {},
): void {
  const info = formatInfo(gl, texture.format);
  gl.bindTexture(gl.TEXTURE_2D_ARRAY, texture.handle);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
  gl.pixelStorei(gl.UNPACK_ROW_LENGTH, texture.width);
  gl.pixelStorei(gl.UNPACK_IMAGE_HEIGHT, rows);
  for (const { part, x, y } of piecesOf(texture.fold, { x: 0, y: row, width: texture.width, height: rows })) {
    gl.pixelStorei(gl.UNPACK_SKIP_PIXELS, part.x);
    gl.pixelStorei(gl.UNPACK_SKIP_ROWS, part.y - row);
    const { width, height } = part;
    gl.texSubImage3D(gl.TEXTURE_2D_ARRAY, 0, x, y, layer, width, height, 1, info.format, info.type, data);
  }
  const changed = [gl.UNPACK_ROW_LENGTH, gl.UNPACK_IMAGE_HEIGHT, gl.UNPACK_SKIP_PIXELS, gl.UNPACK_SKIP_ROWS];
  for (const setting of changed) gl.pixelStorei(setting, 0);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 4);
  gl.bindTexture(gl.TEXTURE_2D_ARRAY, null);
}

/** Reads an area of one layer of a float texture, row by row: into `values`, or where they are null into the buffer that is bound for it. */
export function readArea(
  gl: WebGL2RenderingContext,
  texture: Texture,
  { layer, area }: { readonly layer: number; readonly area: Area },
  values: Float32Array | null,
): void {
  const framebuffer = gl.createFramebuffer();
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  gl.framebufferTextureLayer(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, texture.handle, 0, layer);
  gl.pixelStorei(gl.PACK_ROW_LENGTH, area.width);
  for (const { part, x, y } of piecesOf(texture.fold, area)) {
    gl.pixelStorei(gl.PACK_SKIP_PIXELS, part.x - area.x);
    gl.pixelStorei(gl.PACK_SKIP_ROWS, part.y - area.y);
    if (values === null) gl.readPixels(x, y, part.width, part.height, gl.RGBA, gl.FLOAT, 0);
    else gl.readPixels(x, y, part.width, part.height, gl.RGBA, gl.FLOAT, values);
  }
  for (const setting of [gl.PACK_ROW_LENGTH, gl.PACK_SKIP_PIXELS, gl.PACK_SKIP_ROWS]) gl.pixelStorei(setting, 0);
  gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  gl.deleteFramebuffer(framebuffer);
}
