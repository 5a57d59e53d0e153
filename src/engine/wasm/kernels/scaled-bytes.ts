import type { Operation } from '../operation.ts';
import { newTensor, wasmBackend, withScratch } from '../tensors.ts';
import { chunksFor } from './elementwise.ts';
import { SCALE_BYTES } from './scale-bytes.ts';

/** Bytes (a tensor of tfjs' type `bool`) divided by `scale`, as floats. */
export const scaledBytes: Operation = {
  name: 'ScaledBytes',
  forward: (inputs, options) => {
    const { dataId, shape } = inputs.get('bytes');
    const { tensor, address } = newTensor(shape);
    const { processor, data } = wasmBackend();
    const { values } = data.get(dataId);
    if (!(values instanceof Uint8Array)) throw new TypeError('Only bytes are scaled here.');
    withScratch(values.length, (scratch) => {
      new Uint8Array(processor.memory.buffer).set(values, scratch);
      const count = values.length;
      const scale = options.get('scale');
      processor.run(SCALE_BYTES, chunksFor(count), { bytes: scratch, values: address, count, scale });
    });
    return tensor;
  },
};
