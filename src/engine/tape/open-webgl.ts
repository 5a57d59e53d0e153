import { MathBackendWebGL, setWebGLContext } from '@tensorflow/tfjs-backend-webgl';
import {
  engine,
  matMul,
  registerBackend,
  removeBackend,
  setBackend,
  type Tensor,
  tensor2d,
} from '@tensorflow/tfjs-core';
import { at } from '../../core/at.ts';

/** WebGL cannot train here; the message is a clause that completes "..., so training runs on the processor". */
export class NoWebglError extends Error {
  override readonly name = 'NoWebglError';
}

const CONTEXT: WebGLContextAttributes = {
  alpha: false,
  antialias: false,
  depth: false,
  stencil: false,
  premultipliedAlpha: false,
  preserveDrawingBuffer: false,
  powerPreference: 'high-performance',
};

/** How long the self-test may take, shader compilation included. */
const DEADLINE_MS = 15_000;

/** Makes tfjs run on WebGL2, and checks that it computes. Throws a NoWebglError where it does not. */
export async function openWebgl(): Promise<MathBackendWebGL> {
  if (openBackend() === null) installBackend(createContext());
  const opened = await setBackend('webgl');
  const backend = openBackend();
  if (!opened || backend === null) throw new NoWebglError('The GPU did not start');
  // tfjs would report every network of more than a gigabyte as a leak on the console.
  backend['warnedAboutMemory'] = true;
  await selfTest();
  return backend;
}

/** The renderer as the driver names it. */
export function rendererOf({ gpgpu: { gl } }: MathBackendWebGL): string {
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}

/** Frees the textures that tfjs keeps for reuse, and would keep forever. */
export function freeTexturePool(backend: MathBackendWebGL): void {
  const manager = backend.getTextureManager();
  const pools: Record<string, { texture: WebGLTexture }[]> = manager['freeTextures'];
  for (const pool of Object.values(pools)) {
    for (const { texture } of pool.splice(0)) backend.gpgpu.deleteMatrixTexture(texture);
  }
  manager['_numBytesAllocated'] -= manager['_numBytesFree'];
  manager['_numBytesFree'] = 0;
  manager['numFreeTextures'] = 0;
}

/** The webgl backend that is open already, unless its context was lost. */
function openBackend(): MathBackendWebGL | null {
  const backend = engine().registry['webgl'];
  return backend instanceof MathBackendWebGL && !backend.gpgpu.gl.isContextLost() ? backend : null;
}

/**
 * A context of our own: tfjs would ask for one with `failIfMajorPerformanceCaveat`, which leaves out software renderers
 * and blocklisted drivers.
 */
function createContext(): WebGL2RenderingContext {
  const gl = typeof OffscreenCanvas === 'undefined' ? null : new OffscreenCanvas(1, 1).getContext('webgl2', CONTEXT);
  if (gl === null) throw new NoWebglError('This browser does not offer WebGL2');
  if (gl.getExtension('EXT_color_buffer_float') === null)
    throw new NoWebglError('This GPU or its driver cannot write 32-bit numbers');
  return gl;
}

function installBackend(gl: WebGL2RenderingContext): void {
  setWebGLContext(2, gl);
  // Replaces what the package registered, or an earlier one whose context was lost.
  removeBackend('webgl');
  registerBackend('webgl', () => new MathBackendWebGL(gl.canvas), 2);
}

/** Multiplies two small matrices of whole numbers, which half precision could not hold, and reads the product back. */
async function selfTest(): Promise<void> {
  const side = 16;
  const values = Float32Array.from({ length: side * side }, (_, i) => (i * 37) % 101);
  const factor = tensor2d(values, [side, side]);
  const product = matMul(factor, factor);
  try {
    const result = await inTime(product);
    const expected = (row: number, column: number) =>
      Array.from({ length: side }, (_, k) => at(values, row * side + k) * at(values, k * side + column));
    const right = result.every((value, i) => value === sum(expected(Math.floor(i / side), i % side)));
    if (!right) throw new NoWebglError('This GPU or its driver got a test product wrong');
  } finally {
    factor.dispose();
    product.dispose();
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Some browsers start WebGL in a worker and then never signal that it has finished anything. */
async function inTime(tensor: Tensor): Promise<Float32Array> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoWebglError('The GPU did not answer')), DEADLINE_MS);
  });
  try {
    return await Promise.race([tensor.data<'float32'>(), late]);
  } finally {
    clearTimeout(timer);
  }
}
