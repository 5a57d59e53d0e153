import { getKernel, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import { sameShape } from '../../../core/network/shape.ts';
import type { Inputs, Operation, Options } from '../operation.ts';
import { wasmBackend } from '../tensors.ts';
import { SIGMOID, TANH } from './curves.ts';
import { ADD, type Elementwise, MULTIPLY, RELU, RELU_GRADIENT, STEP, SUBTRACT } from './elementwise.ts';
import { valueByValue } from './value-by-value.ts';

/** dy where y > 0, and 0 elsewhere. */
export function reluGradient(dy: Tensor, y: Tensor): Tensor {
  return valueByValue(RELU_GRADIENT, { dy, y }, {}).dx;
}

type Unary = Elementwise<'x', 'y', never>;

type Binary = Elementwise<'x' | 'y', 'z', never>;

/** Operations of tfjs that have a faster kernel of ours, used where all inputs are floats of one shape. */
export const ARITHMETIC: readonly Operation[] = [
  binary('Add', ADD),
  binary('Sub', SUBTRACT),
  binary('Multiply', MULTIPLY),
  unary('Relu', RELU),
  unary('Step', STEP),
  unary('Sigmoid', SIGMOID),
  unary('Tanh', TANH),
];

function unary(name: string, kernel: Unary): Operation {
  return {
    name,
    forward: (inputs, options) => {
      const x = inputs.get('x');
      if (x.dtype !== 'float32' || options.find('alpha')) return onCpu(name, inputs, options);
      return valueByValue(kernel, { x }, {}).y;
    },
  };
}

function binary(name: string, kernel: Binary): Operation {
  return {
    name,
    forward: (inputs, options) => {
      const [a, b] = [inputs.get('a'), inputs.get('b')];
      if (!areAlike(a, b)) return onCpu(name, inputs, options);
      return valueByValue(kernel, { x: a, y: b }, {}).z;
    },
  };
}

function areAlike(a: TensorInfo, b: TensorInfo): boolean {
  return a.dtype === 'float32' && b.dtype === 'float32' && sameShape(a.shape, b.shape);
}

/** The result of tfjs' own kernel. */
export function onCpu(name: string, inputs: Inputs, options: Options): TensorInfo | TensorInfo[] {
  return getKernel(name, 'cpu').kernelFunc({ inputs: inputs.all, attrs: options.all, backend: wasmBackend() });
}
