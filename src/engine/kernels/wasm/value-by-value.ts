import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../../core/shape.ts';
import { named } from '../../wasm/assembler.ts';
import { addressOf, newTensor, wasmBackend } from '../../wasm/tensors.ts';
import { chunksFor, type Elementwise } from './elementwise.ts';

/**
 * Runs a kernel that works value by value on tensors of one size, given by the kernel's names for them; gives a new
 * tensor of the first one's shape for each of its outputs.
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
