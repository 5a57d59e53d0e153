import { getKernel, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import { sameShape, sizeOf } from '../../../core/shape.ts';
import type { Kernel } from '../../wasm/kernel.ts';
import type { Inputs, Operation, Options } from '../../wasm/operation.ts';
import { addressOf, newTensor, wasmBackend } from '../../wasm/tensors.ts';
import { ADD, chunksFor, MULTIPLY, RELU, RELU_GRADIENT, STEP, SUBTRACT } from './elementwise.ts';

/** dy where y > 0, and 0 elsewhere. */
export function reluGradient(dy: Tensor, y: Tensor): Tensor {
  const { tensor, address } = newTensor(y.shape);
  const count = sizeOf(y.shape);
  const values = { dy: addressOf(dy), y: addressOf(y), dx: address, count };
  wasmBackend().processor.run(RELU_GRADIENT, chunksFor(count), values);
  return tensor;
}

type Unary = Kernel<'x' | 'y' | 'count', never>;

type Binary = Kernel<'x' | 'y' | 'z' | 'count', never>;

/** Operations of tfjs that our own are faster at, where their inputs are floats of one shape. */
export const ARITHMETIC: readonly Operation[] = [
  binary('Add', ADD),
  binary('Sub', SUBTRACT),
  binary('Multiply', MULTIPLY),
  unary('Relu', RELU),
  unary('Step', STEP),
];

function unary(name: string, kernel: Unary): Operation {
  return {
    name,
    forward: (inputs, options) => {
      const x = inputs.get('x');
      if (x.dtype !== 'float32' || options.find('alpha')) return onCpu(name, inputs, options);
      const { tensor, address } = newTensor(x.shape);
      const count = sizeOf(x.shape);
      wasmBackend().processor.run(kernel, chunksFor(count), { x: addressOf(x), y: address, count });
      return tensor;
    },
  };
}

function binary(name: string, kernel: Binary): Operation {
  return {
    name,
    forward: (inputs, options) => {
      const [a, b] = [inputs.get('a'), inputs.get('b')];
      if (!areAlike(a, b)) return onCpu(name, inputs, options);
      const { tensor, address } = newTensor(a.shape);
      const count = sizeOf(a.shape);
      wasmBackend().processor.run(kernel, chunksFor(count), { x: addressOf(a), y: addressOf(b), z: address, count });
      return tensor;
    },
  };
}

function areAlike(a: TensorInfo, b: TensorInfo): boolean {
  return a.dtype === 'float32' && b.dtype === 'float32' && sameShape(a.shape, b.shape);
}

/** What tfjs' own kernel makes of it. */
function onCpu(name: string, inputs: Inputs, options: Options): TensorInfo | TensorInfo[] {
  return getKernel(name, 'cpu').kernelFunc({ inputs: inputs.all, attrs: options.all, backend: wasmBackend() });
}
