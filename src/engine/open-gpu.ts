import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { Gpu } from './kernels/gpu.ts';
import { selfTest } from './kernels/self-test.ts';

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
    return gpu.maxTargets >= 4 && selfTest(gpu) ? gpu : null;
  } catch {
    return null;
  }
}
