import { reshape } from '@tensorflow/tfjs-core';
import { at } from '../../../core/at.ts';
import { sizeOf } from '../../../core/network/shape.ts';
import type { Operation } from '../operation.ts';
import { addressOf, newTensor, numbersAt, wasmBackend, withNumbers } from '../tensors.ts';
import { CHANNEL_AFFINE, rowsPerChunk } from './channels.ts';
import { columnSums } from './sums.ts';

/** Adds the same values to each sample. x: [batch, ...shape], values: [...shape]. Gradients by both. */
export const addToEach: Operation = {
  name: 'AddToEach',
  forward: (inputs) => {
    const [x, values] = [inputs.get('x'), inputs.get('values')];
    const { tensor, address } = newTensor(x.shape);
    const [rows, channels] = [at(x.shape, 0), sizeOf(values.shape)];
    const each = rowsPerChunk(channels);
    const offset = numbersAt(addressOf(values), channels);
    const lists = { centre: new Float32Array(channels), factor: new Float32Array(channels).fill(1), offset };
    withNumbers(lists, (addresses) =>
      wasmBackend().processor.run(CHANNEL_AFFINE, Math.ceil(rows / each), {
        ...{ x: addressOf(x), y: address, rows, channels, rowsPerChunk: each },
        ...addresses,
      }),
    );
    return tensor;
  },
  gradients: (dy) => ({
    x: () => dy,
    values: () => reshape(columnSums(reshape(dy, [at(dy.shape, 0), -1])), dy.shape.slice(1)),
  }),
};
