import { type Area, type Extent, type Fold, foldedExtent, foldOf, piecesOf } from './fold.ts';

/** What a texel holds. */
export type TexelFormat = 'rgba32f' | 'rgba8' | 'r32ui' | 'r8ui';

/**
 * A block of device memory: `layers` planes of `height` rows of `width` texels, which lie in it as `fold` says. With one layer it is a 2D texture, with
 * several an array of them.
 */
export interface Texture {
  readonly handle: WebGLTexture;
  readonly width: number;
  readonly height: number;
  readonly layers: number;
  readonly fold: Fold | null;
  /** The size of the texture itself, which is another one where it is folded. */
  readonly folded: Extent;
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
}

/** The constants of a texel format in GL. */
function formatInfo(gl: WebGL2RenderingContext, format: TexelFormat): FormatInfo {
  switch (format) {
    case 'rgba32f':
      return { internal: gl.RGBA32F, format: gl.RGBA, type: gl.FLOAT };
    case 'rgba8':
      return { internal: gl.RGBA8, format: gl.RGBA, type: gl.UNSIGNED_BYTE };
    case 'r32ui':
      return { internal: gl.R32UI, format: gl.RED_INTEGER, type: gl.UNSIGNED_INT };
    case 'r8ui':
      return { internal: gl.R8UI, format: gl.RED_INTEGER, type: gl.UNSIGNED_BYTE };
    default:
      return format satisfies never;
  }
}

/** What a texture is bound as. */
export function bindingOf(gl: WebGL2RenderingContext, { layers }: Pick<Extent, 'layers'>): GLenum {
  return layers === 1 ? gl.TEXTURE_2D : gl.TEXTURE_2D_ARRAY;
}

/** Has the framebuffer that is bound draw to a layer of a texture, as its target `index`. */
export function attach(gl: WebGL2RenderingContext, index: number, { handle, layers }: Texture, layer: number): void {
  const attachment = gl.COLOR_ATTACHMENT0 + index;
  if (layers === 1) gl.framebufferTexture2D(gl.FRAMEBUFFER, attachment, gl.TEXTURE_2D, handle, 0);
  else gl.framebufferTextureLayer(gl.FRAMEBUFFER, attachment, handle, 0, layer);
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
  const folded = foldedExtent(extent, maxSize);
  const { width, height, layers } = folded;
  const { internal } = formatInfo(gl, format);
  const handle = gl.createTexture();
  const binding = bindingOf(gl, extent);
  gl.bindTexture(binding, handle);
  if (layers === 1) gl.texStorage2D(binding, 1, internal, width, height);
  else gl.texStorage3D(binding, 1, internal, width, height, layers);
  for (const parameter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) {
    gl.texParameteri(binding, parameter, gl.NEAREST);
  }
  for (const parameter of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) {
    gl.texParameteri(binding, parameter, gl.CLAMP_TO_EDGE);
  }
  gl.bindTexture(binding, null);
  const [fold, bytes] = [foldOf(extent, maxSize), textureBytes({ extent, format }, maxSize)];
  return { handle, ...extent, fold, folded, format, bytes };
}

/** Writes whole rows of one layer, from `row` on; `data` holds them texel after texel. */
export function writeRows(
  gl: WebGL2RenderingContext,
  texture: Texture,
  data: Float32Array | Uint8Array | Uint32Array,
  { row = 0, rows = texture.height, layer = 0 } = {},
): void {
  const { format, type } = formatInfo(gl, texture.format);
  const binding = bindingOf(gl, texture);
  gl.bindTexture(binding, texture.handle);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
  gl.pixelStorei(gl.UNPACK_ROW_LENGTH, texture.width);
  gl.pixelStorei(gl.UNPACK_IMAGE_HEIGHT, rows);
  for (const { part, x, y } of piecesOf(texture.fold, { x: 0, y: row, width: texture.width, height: rows })) {
    gl.pixelStorei(gl.UNPACK_SKIP_PIXELS, part.x);
    gl.pixelStorei(gl.UNPACK_SKIP_ROWS, part.y - row);
    const { width, height } = part;
    if (texture.layers === 1) gl.texSubImage2D(binding, 0, x, y, width, height, format, type, data);
    else gl.texSubImage3D(binding, 0, x, y, layer, width, height, 1, format, type, data);
  }
  const changed = [gl.UNPACK_ROW_LENGTH, gl.UNPACK_IMAGE_HEIGHT, gl.UNPACK_SKIP_PIXELS, gl.UNPACK_SKIP_ROWS];
  for (const setting of changed) gl.pixelStorei(setting, 0);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 4);
  gl.bindTexture(binding, null);
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
  attach(gl, 0, texture, layer);
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
