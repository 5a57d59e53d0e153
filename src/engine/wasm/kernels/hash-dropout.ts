import { sizeOf } from '../../../core/network/shape.ts';
import { type Operation, type Options, runOperation } from '../operation.ts';
import { addressOf, newTensor, wasmBackend } from '../tensors.ts';
import { DROPOUT } from './dropout.ts';
import { chunksFor } from './elementwise.ts';

/**
 * Dropout whose mask is a hash, so that the backward pass can compute it again. Options: threshold, kept, key0, key1,
 * key2.
 */
export const hashDropout: Operation = {
  name: 'HashDropout',
  forward: (inputs, options) => {
    const x = inputs.get('x');
    const { tensor, address } = newTensor(x.shape);
    const count = sizeOf(x.shape);
    wasmBackend().processor.run(DROPOUT, chunksFor(count), { x: addressOf(x), y: address, count, ...drawOf(options) });
    return tensor;
  },
  gradients: (dy, _saved, options) => ({ x: () => runOperation('HashDropout', { x: dy }, drawOf(options)) }),
};

function drawOf(options: Options) {
  const [threshold, kept] = [options.get('threshold'), options.get('kept')];
  return { threshold, kept, key0: options.get('key0'), key1: options.get('key1'), key2: options.get('key2') };
}
