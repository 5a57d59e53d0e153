import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import type { Operation, Options } from '../../wasm/operation.ts';
import { addressOf, newTensor, wasmBackend } from '../../wasm/tensors.ts';
import { imagesIn, type Sliding, shapeOf, slideOver } from './geometry.ts';
import { MAX_POOL, MAX_POOL_GRADIENT } from './max-pool.ts';

/** Max pooling. x: [n, height, width, channels]. Options: size, strides, same (padding: 1, or 0 for valid). */
export const maxPool2d: Operation = {
  name: 'WindowMax',
  forward: (inputs, options) => {
    const x = inputs.get('x');
    const sliding = slidingOf(x, options);
    const { tensor, address } = newTensor(shapeOf(sliding.output));
    const values = { x: addressOf(x), y: address, ...windowFields(sliding) };
    wasmBackend().processor.run(MAX_POOL, sliding.input.batch, values);
    return tensor;
  },
  saved: { inputs: ['x'], outputs: [true] },
  gradients: (dy, [x = dy, y = dy], options) => ({ x: () => byInput(dy, x, y, slidingOf(x, options)) }),
};

function byInput(dy: Tensor, x: Tensor, y: Tensor, sliding: Sliding): Tensor {
  const { tensor, address } = newTensor(x.shape);
  const values = { x: addressOf(x), y: addressOf(y), dy: addressOf(dy), dx: address, ...windowFields(sliding) };
  wasmBackend().processor.run(MAX_POOL_GRADIENT, sliding.input.batch, values);
  return tensor;
}

function slidingOf(x: TensorInfo, options: Options): Sliding {
  const input = imagesIn(x.shape);
  const padding = options.get('same') === 1 ? 'same' : 'valid';
  const window = { size: options.get('size'), strides: options.get('strides'), padding, dilation: 1 } as const;
  return slideOver(input, window, input.channels);
}

function windowFields({ input, output, window, padTop, padLeft }: Sliding) {
  return {
    height: input.height,
    width: input.width,
    channels: input.channels,
    outHeight: output.height,
    outWidth: output.width,
    size: window.size,
    strides: window.strides,
    padTop,
    padLeft,
  };
}
