import { lengthOf } from '../../../step/buffer.ts';
import { chunksFor } from '../../kernels/elementwise.ts';
import { SCALE_BYTES } from '../../kernels/scale-bytes.ts';
import type { Bind } from './binding.ts';

/** Copies the batch of the call into memory, divided by its scale. */
export const gather: Bind<'gather'> = ({ recording, operation: { outputs }, at }) => {
  const { processor } = recording;
  const [samples, labels] = [at(outputs.samples), at(outputs.labels)];
  const weights = outputs.weights && at(outputs.weights);
  const count = lengthOf(outputs.samples);
  recording.withScratch(count, (bytes) =>
    recording.perform(({ batch }) => {
      const { values, scale } = batch;
      processor.ints.set(batch.labels, labels / 4);
      if (weights !== null && batch.weights !== null) processor.floats.set(batch.weights, weights / 4);
      if (values instanceof Float32Array) {
        // As float32, which `scale` may not be.
        const divisor = Math.fround(scale);
        processor.floats.set(scale === 1 ? values : values.map((value) => value / divisor), samples / 4);
        return;
      }
      new Uint8Array(processor.memory.buffer).set(values, bytes);
      processor.run(SCALE_BYTES, chunksFor(count), { bytes, values: samples, count, scale });
    }),
  );
};
