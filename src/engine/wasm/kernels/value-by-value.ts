import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../../core/network/shape.ts';
import { named } from '../assembler.ts';
import type { Operation } from '../operation.ts';
import { addressOf, newTensor, wasmBackend } from '../tensors.ts';
import { chunksFor, type Elementwise } from './elementwise.ts';

/**
 * A kernel that works value by value as an operation without gradient: inputs by the kernel's names, numbers as options,
 * outputs in the kernel's order.
 */
export function asOperation<Input extends string, Output extends string, Float extends string>(
  kernel: Elementwise<Input, Output, Float>,
): Operation {
  return {
    name: kernel.name,
    forward: (inputs, options) => {
      const tensors = named(kernel.inputs, (name) => inputs.get(name));
      const numbers = named(kernel.floats, (name) => options.get(name));
      const outputs = valueByValue(kernel, tensors, numbers);
      return kernel.outputs.map((name) => outputs[name]);
    },
  };
}

/**
 * Runs a kernel that works value by value on tensors of one size, given by the kernel's names for them. Returns a new
 * tensor of the first one's shape for each output.
 */
export function valueByValue<Input extends string, Output extends string, Float extends string>(
  kernel: Elementwise<Input, Output, Float>,
  inputs: Readonly<Record<Input, TensorInfo>>,
  floats: Readonly<Record<Float, number>>,
): Readonly<Record<Output, Tensor>> {
  const [first] = kernel.inputs;
  const shape = first === undefined ? [] : inputs[first].shape;
  const made = named(kernel.outputs, () => newTensor(shape));
  const count = sizeOf(shape);
  wasmBackend().processor.run(kernel, chunksFor(count), {
    ...named(kernel.inputs, (name) => addressOf(inputs[name])),
    ...named(kernel.outputs, (name) => made[name].address),
    ...floats,
    count,
  });
  return named(kernel.outputs, (name) => made[name].tensor);
}
