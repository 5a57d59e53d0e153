import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { Gpu } from './gpu.ts';
import { selfTest } from './self-test.ts';

/** The number of targets that the kernels for dense layers and filter gradients need. */
const LEAST_TARGETS = 4;

const OPEN = new WeakMap<WebGLRenderingContext, Gpu | null>();

/** The training kernels on tfjs' own context; null where this GPU cannot draw what they draw, or draws it wrongly. */
export function openGpu({ gpgpu: { gl } }: MathBackendWebGL): Gpu | null {
  const known = OPEN.get(gl);
  if (known !== undefined) return known;
  const gpu = gl instanceof WebGL2RenderingContext ? tryGpu(gl) : null;
  OPEN.set(gl, gpu);
  return gpu;
}

function tryGpu(gl: WebGL2RenderingContext): Gpu | null {
  try {
    const gpu = new Gpu(gl);
    if (gpu.maxTargets < LEAST_TARGETS) return note(`it draws fewer than ${LEAST_TARGETS} targets at once`);
    return selfTest(gpu) ? gpu : note('it drew wrong numbers');
  } catch (error) {
    return note(String(error));
  }
}

function note(reason: string): null {
  // biome-ignore lint/suspicious/noConsole: training works without them, but slower; the log says why.
  console.warn(`The training kernels do not work on this GPU, so tfjs' own are used: ${reason}.`);
  return null;
}
