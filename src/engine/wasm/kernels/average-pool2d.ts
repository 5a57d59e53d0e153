import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { imagesIn, type Sliding, shapeOf, wholeImage } from '../../step/images.ts';
import type { Operation } from '../operation.ts';
import { addressOf, newTensor, wasmBackend } from '../tensors.ts';
import { AVERAGE_POOL, AVERAGE_POOL_GRADIENT } from './average-pool.ts';
import { poolingOf, windowFields } from './geometry.ts';

/** Average pooling. x: [n, height, width, channels]. Options: size, strides, same (padding: 1, or 0 for valid). */
export const averagePool2d: Operation = {
  name: 'WindowMean',
  forward: (inputs, options) => {
    const x = inputs.get('x');
    return pool(x, poolingOf(x, options));
  },
  saved: { inputs: ['x'], outputs: [false] },
  gradients: (dy, [x = dy], options) => ({ x: () => share(dy, x, poolingOf(x, options)) }),
};

/** The mean of each channel over the whole image. x: [n, height, width, channels] -> [n, 1, 1, channels] */
export const imageMean: Operation = {
  name: 'ImageMean',
  forward: (inputs) => {
    const x = inputs.get('x');
    return pool(x, wholeImage(imagesIn(x.shape)));
  },
  saved: { inputs: ['x'], outputs: [false] },
  gradients: (dy, [x = dy]) => ({ x: () => share(dy, x, wholeImage(imagesIn(x.shape))) }),
};

function pool(x: TensorInfo, sliding: Sliding): Tensor {
  const { tensor, address } = newTensor(shapeOf(sliding.output));
  const values = { x: addressOf(x), y: address, ...windowFields(sliding) };
  wasmBackend().processor.run(AVERAGE_POOL, sliding.input.batch, values);
  return tensor;
}

function share(dy: Tensor, x: Tensor, sliding: Sliding): Tensor {
  const { tensor, address } = newTensor(x.shape);
  const values = { dy: addressOf(dy), dx: address, ...windowFields(sliding) };
  wasmBackend().processor.run(AVERAGE_POOL_GRADIENT, sliding.input.batch, values);
  return tensor;
}
