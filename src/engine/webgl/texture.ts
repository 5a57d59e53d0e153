/** What a texel holds. All textures are 2D arrays; most have one layer. */
export type TexelFormat = 'rgba32f' | 'rgba8' | 'r32ui' | 'r8ui';

/** A block of device memory: `layers` planes of `height` rows of `width` texels. */
export interface Texture {
  readonly handle: WebGLTexture;
  readonly width: number;
  readonly height: number;
  readonly layers: number;
  readonly format: TexelFormat;
  readonly bytes: number;
}

/** The size of a texture to be made. */
export type Extent = Pick<Texture, 'width' | 'height' | 'layers'>;

/** A texture to be made. */
export interface PlannedTexture {
  readonly extent: Extent;
  readonly format: TexelFormat;
}

const TEXEL_BYTES: { readonly [Format in TexelFormat]: number } = { rgba32f: 16, rgba8: 4, r32ui: 4, r8ui: 1 };

/** The bytes that a texture takes. */
export function textureBytes({ extent: { width, height, layers }, format }: PlannedTexture): number {
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

/** Makes a texture of zeros that is read by texel, without filtering. Throws where the device has no such texture. */
export function createTexture(gl: WebGL2RenderingContext, extent: Extent, format: TexelFormat): Texture {
  const { width, height, layers } = extent;
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
  return { handle, width, height, layers, format, bytes: textureBytes({ extent, format }) };
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
  gl.texSubImage3D(gl.TEXTURE_2D_ARRAY, 0, 0, row, layer, texture.width, rows, 1, info.format, info.type, data);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 4);
  gl.bindTexture(gl.TEXTURE_2D_ARRAY, null);
}
