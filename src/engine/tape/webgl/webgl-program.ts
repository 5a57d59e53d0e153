import { type GPGPUProgram, MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { backend, type DataType, engine, type Tensor } from '@tensorflow/tfjs-core';

/** Whether tensors live in WebGL textures at present. */
export function onWebgl(): boolean {
  return backend() instanceof MathBackendWebGL;
}

/**
 * Runs a fragment program over tensors; its result is tidied as any other. The program's class name, its code and the
 * shapes are its key: what changes from step to step belongs in `uniforms`, in the order of `customUniforms`.
 */
export function runProgram(
  program: GPGPUProgram,
  inputs: Tensor[],
  dtype: DataType,
  uniforms: number[][] = [],
): Tensor {
  const webgl = backend();
  if (!(webgl instanceof MathBackendWebGL)) throw new Error('A WebGL program needs the webgl backend.');
  return engine().makeTensorFromTensorInfo(webgl.runWebGLProgram(program, inputs, dtype, uniforms));
}
