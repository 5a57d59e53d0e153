import type { Operation } from '../operation.ts';
import { newTensor, wasmBackend, withScratch } from '../tensors.ts';
import { chunksFor } from './elementwise.ts';
import { PIXELS } from './pixels.ts';

/** Bytes (a tensor of tfjs' type `bool`) as gray values from 0 to 1. */
export const grayImages: Operation = {
  name: 'GrayImages',
  forward: (inputs) => {
    const { dataId, shape } = inputs.get('bytes');
    const { tensor, address } = newTensor(shape);
    const { processor, data } = wasmBackend();
    const { values } = data.get(dataId);
    if (!(values instanceof Uint8Array)) throw new TypeError('Gray images are made of bytes.');
    withScratch(values.length, (scratch) => {
      new Uint8Array(processor.memory.buffer).set(values, scratch);
      processor.run(PIXELS, chunksFor(values.length), { bytes: scratch, values: address, count: values.length });
    });
    return tensor;
  },
};
