import { GpuLostError } from '../gpu-lost-error.ts';
import { OutOfMemoryError } from '../out-of-memory-error.ts';
import { type Area, type Extent, type Fold, fits, piecesOf } from './fold.ts';
import { nextLook } from './next-look.ts';
import { type Program, Programs } from './programs.ts';
import { attach, bindingOf, createTexture, readArea, type TexelFormat, type Texture, writeRows } from './texture.ts';

/** Where a draw writes: layers `layer`, `layer + 1` ... of a texture, one after the other. */
export interface Target {
  readonly texture: Texture;
  readonly layer: number;
}

/** One draw in which only the uniforms change: a fragment for each texel of the area. */
export interface Pass {
  /** The name that error messages show. */
  readonly name: string;
  readonly source: string;
  readonly targets: readonly Target[];
  readonly inputs: Readonly<Record<string, Texture>>;
  /** How the targets are folded. */
  readonly fold: Fold | null;
  /** The area that is drawn, in texels. */
  readonly width: number;
  readonly height: number;
}

/** Values of uniforms that change from draw to draw: numbers are floats, arrays of 1 to 4 unsigned integers uvecs. */
export type Uniforms = Readonly<Record<string, number | readonly number[]>>;

interface Ready {
  readonly program: Program;
  readonly framebuffer: WebGLFramebuffer;
}

/** The largest number of targets that kernels use. */
const MOST_TARGETS = 8;

/** Textures of so many bytes are looked after as they are made: they are what memory runs out by. */
const LARGE_BYTES = 4 * 2 ** 20;

/**
 * A WebGL2 context as the kernels use it. It may be shared with tfjs: both bind everything again for each draw. What
 * both rely on and never change is set once by tfjs: no blending, depth, stencil or dither.
 */
export class Gpu {
  readonly gl: WebGL2RenderingContext;
  /** How many float32 targets a draw can write at once: 8, or 4 where a tile of on-chip memory holds no more; or 1. */
  readonly maxTargets: number;
  readonly maxSize: number;
  readonly #vertexArray: WebGLVertexArrayObject;
  readonly #programs: Programs;
  readonly #textures = new Set<Texture>();
  readonly #ready = new Map<Pass, Ready>();

  /** Throws where the context cannot render to float32. `largest`: textures are no wider and no taller than this. */
  constructor(gl: WebGL2RenderingContext, largest = 16_384) {
    if (gl.getExtension('EXT_color_buffer_float') === null) throw new Error('The GPU cannot draw 32-bit floats.');
    this.gl = gl;
    this.#programs = new Programs(gl);
    this.#vertexArray = gl.createVertexArray();
    this.maxSize = Math.min(gl.getParameter(gl.MAX_TEXTURE_SIZE), largest);
    for (const capability of [gl.BLEND, gl.DEPTH_TEST, gl.STENCIL_TEST, gl.DITHER]) gl.disable(capability);
    gl.enable(gl.SCISSOR_TEST);
    this.maxTargets = [MOST_TARGETS, 4].find((count) => this.#canDraw(count)) ?? 1;
  }

  /** GPU bytes of all textures that exist. */
  get bytes(): number {
    return [...this.#textures].reduce((sum, texture) => sum + texture.bytes, 0);
  }

  /** How many textures exist. */
  get textures(): number {
    return this.#textures.size;
  }

  /** A texture of zeros. Throws an OutOfMemoryError where the device has no room for it. */
  texture(extent: Extent, format: TexelFormat = 'rgba32f'): Texture {
    const { width, height } = extent;
    if (!fits(extent, this.maxSize)) {
      throw new RangeError(`A texture of ${width} by ${height} texels is more than this GPU takes (${this.maxSize}).`);
    }
    const available = this.bytes;
    const texture = createTexture(this.gl, extent, format, this.maxSize);
    this.#textures.add(texture);
    if (texture.bytes >= LARGE_BYTES) this.#checkMemory(available);
    return texture;
  }

  /**
   * What `make` makes. Where it throws, the textures and passes that it left are freed; it is as if it had thrown an OutOfMemoryError where
   * there was no room for one of its textures.
   */
  allOrNothing<Made>(make: () => Made): Made {
    const [textures, passes] = [new Set(this.#textures), new Set(this.#ready.keys())];
    try {
      const made = make();
      this.#checkMemory(this.bytes);
      return made;
    } catch (error) {
      for (const pass of [...this.#ready.keys()]) if (!passes.has(pass)) this.release(pass);
      for (const texture of [...this.#textures]) if (!textures.has(texture)) this.free(texture);
      throw error;
    }
  }

  /** A texture that holds `data`: layer after layer, row after row. */
  upload(extent: Extent, data: Float32Array | Uint8Array | Uint32Array, format: TexelFormat = 'rgba32f'): Texture {
    const texture = this.texture(extent, format);
    const plane = data.length / extent.layers;
    for (let layer = 0; layer < extent.layers; layer++) {
      writeRows(this.gl, texture, data.subarray(layer * plane, (layer + 1) * plane), { layer });
    }
    return texture;
  }

  /** Overwrites the first layer of a texture, or some rows of it. */
  write(texture: Texture, data: Float32Array, rows?: { readonly row: number; readonly rows: number }): void {
    writeRows(this.gl, texture, data, rows);
  }

  free(texture: Texture): void {
    if (this.#textures.delete(texture)) this.gl.deleteTexture(texture.handle);
  }

  /** Starts to compile a pass without waiting for it, so that drivers compile many at once. */
  prepare(pass: Pass): void {
    this.#readyOf(pass);
  }

  /** Releases a pass and its framebuffer; its program stays for the next pass that has the same source. */
  release(pass: Pass): void {
    const ready = this.#ready.get(pass);
    if (ready) this.gl.deleteFramebuffer(ready.framebuffer);
    this.#ready.delete(pass);
  }

  /** Resolves when all programs so far are compiled, side by side where the browser can. */
  async whenCompiled(throwIfLost: () => void): Promise<void> {
    while (!this.#programs.compiled) {
      throwIfLost();
      await nextLook();
    }
  }

  /** Draws a pass, or only the given area of it. */
  run(pass: Pass, uniforms: Uniforms = {}, area: Area = { x: 0, y: 0, width: pass.width, height: pass.height }): void {
    const ready = this.#readyOf(pass);
    const { gl } = this;
    gl.bindFramebuffer(gl.FRAMEBUFFER, ready.framebuffer);
    // biome-ignore lint/correctness/useHookAtTopLevel: this is WebGL's, not a hook of React's.
    gl.useProgram(ready.program.handle);
    gl.bindVertexArray(this.#vertexArray);
    Object.entries(pass.inputs).forEach(([name, texture], unit) => {
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(bindingOf(gl, texture), texture.handle);
      gl.uniform1i(this.#programs.location(ready.program, name), unit);
    });
    for (const [name, value] of Object.entries(uniforms)) {
      this.#setUniform(this.#programs.location(ready.program, name), value);
    }
    for (const { part, x, y } of piecesOf(pass.fold, area)) {
      gl.viewport(x, y, part.width, part.height);
      gl.scissor(x, y, part.width, part.height);
      gl.drawArrays(gl.TRIANGLES, 0, 3);
    }
  }

  /** Reads one layer of a float texture, or some rows of it, and waits for the GPU. For tests and one-off reads. */
  read(texture: Texture, { layer = 0, row = 0, rows = texture.height } = {}): Float32Array<ArrayBuffer> {
    const values = new Float32Array(texture.width * rows * 4);
    const area = { x: 0, y: row, width: texture.width, height: rows };
    readArea(this.gl, texture, { layer, area }, values);
    return values;
  }

  /**
   * Reads an area of a float texture's first layer without blocking: a copy is queued now, and read when the device has
   * made it. Rejects when `throwIfLost` throws.
   */
  async readLater(texture: Texture, area: Area, throwIfLost: () => void): Promise<Float32Array<ArrayBuffer>> {
    const { gl } = this;
    const values = new Float32Array(area.width * area.height * 4);
    const buffer = gl.createBuffer();
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
    gl.bufferData(gl.PIXEL_PACK_BUFFER, values.byteLength, gl.STREAM_READ);
    readArea(gl, texture, { layer: 0, area }, null);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
    try {
      await this.settled(this.fence(), throwIfLost);
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
      gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, values);
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
      return values;
    } finally {
      gl.deleteBuffer(buffer);
    }
  }

  /** Marks this place in the queue of draws. */
  fence(): WebGLSync {
    const fence = this.gl.fenceSync(this.gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    if (fence === null) throw new Error('The WebGL context is lost.');
    this.gl.flush();
    return fence;
  }

  /** Resolves when the device has reached a fence, which is deleted then. Rejects when `throwIfLost` throws. */
  async settled(fence: WebGLSync, throwIfLost: () => void): Promise<void> {
    const { gl } = this;
    while (gl.getSyncParameter(fence, gl.SYNC_STATUS) !== gl.SIGNALED) {
      throwIfLost();
      await nextLook();
    }
    gl.deleteSync(fence);
    throwIfLost();
  }

  /** Frees every texture, program and framebuffer; the context itself stays. */
  dispose(): void {
    for (const pass of [...this.#ready.keys()]) this.release(pass);
    for (const texture of [...this.#textures]) this.free(texture);
    this.#programs.dispose();
    this.gl.deleteVertexArray(this.#vertexArray);
  }

  /** The driver only tells when it is asked, and being asked makes it wait. */
  #checkMemory(available: number): void {
    if (this.gl.getError() === this.gl.OUT_OF_MEMORY) throw new OutOfMemoryError(available);
  }

  #readyOf(pass: Pass): Ready {
    const known = this.#ready.get(pass);
    if (known) return known;
    const ready = { program: this.#programs.of(pass.source), framebuffer: this.#framebuffer(pass) };
    this.#ready.set(pass, ready);
    return ready;
  }

  #setUniform(location: WebGLUniformLocation | null, value: number | readonly number[]): void {
    const { gl } = this;
    if (typeof value === 'number') gl.uniform1f(location, value);
    else if (value.length === 1) gl.uniform1uiv(location, value);
    else if (value.length === 2) gl.uniform2uiv(location, value);
    else if (value.length === 3) gl.uniform3uiv(location, value);
    else gl.uniform4uiv(location, value);
  }

  #framebuffer({ name, targets }: Pick<Pass, 'name' | 'targets'>): WebGLFramebuffer {
    const { gl } = this;
    const framebuffer = gl.createFramebuffer();
    gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
    targets.forEach(({ texture, layer }, i) => {
      attach(gl, i, texture, layer);
    });
    gl.drawBuffers(targets.map((_, i) => gl.COLOR_ATTACHMENT0 + i));
    if (gl.checkFramebufferStatus(gl.FRAMEBUFFER) !== gl.FRAMEBUFFER_COMPLETE) {
      // The event that tells of a loss comes later.
      if (gl.isContextLost()) throw new GpuLostError();
      this.#checkMemory(this.bytes);
      throw new Error(`The GPU cannot draw ${targets.length} targets at once (${name}).`);
    }
    return framebuffer;
  }

  /** Found by trying: some drivers promise eight attachments and have room for only 64 bytes a pixel. */
  #canDraw(count: number): boolean {
    const { gl } = this;
    const most = Math.min(gl.getParameter(gl.MAX_COLOR_ATTACHMENTS), gl.getParameter(gl.MAX_DRAW_BUFFERS));
    if (count > most) return false;
    const texture = this.texture({ width: 1, height: 1, layers: count });
    const targets = Array.from({ length: count }, (_, layer) => ({ texture, layer }));
    try {
      gl.deleteFramebuffer(this.#framebuffer({ name: 'probe', targets }));
      return true;
    } catch {
      return false;
    } finally {
      gl.bindFramebuffer(gl.FRAMEBUFFER, null);
      this.free(texture);
    }
  }
}
