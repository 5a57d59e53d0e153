import type { Tensor } from '@tensorflow/tfjs-core';
import { type Sliding, shapeOf } from '../../step/images.ts';
import type { Operation } from '../operation.ts';
import { addressOf, newTensor, wasmBackend } from '../tensors.ts';
import { poolingOf, windowFields } from './geometry.ts';
import { MAX_POOL, MAX_POOL_GRADIENT } from './max-pool.ts';

/** Max pooling. x: [n, height, width, channels]. Options: size, strides, same (padding: 1, or 0 for valid). */
export const maxPool2d: Operation = {
  name: 'WindowMax',
  forward: (inputs, options) => {
    const x = inputs.get('x');
    const sliding = poolingOf(x, options);
    const { tensor, address } = newTensor(shapeOf(sliding.output));
    const values = { x: addressOf(x), y: address, ...windowFields(sliding) };
    wasmBackend().processor.run(MAX_POOL, sliding.input.batch, values);
    return tensor;
  },
  saved: { inputs: ['x'], outputs: [true] },
  gradients: (dy, [x = dy, y = dy], options) => ({ x: () => byInput(dy, x, y, poolingOf(x, options)) }),
};

function byInput(dy: Tensor, x: Tensor, y: Tensor, sliding: Sliding): Tensor {
  const { tensor, address } = newTensor(x.shape);
  const values = { x: addressOf(x), y: addressOf(y), dy: addressOf(dy), dx: address, ...windowFields(sliding) };
  wasmBackend().processor.run(MAX_POOL_GRADIENT, sliding.input.batch, values);
  return tensor;
}
