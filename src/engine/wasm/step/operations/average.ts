import { chunksFor } from '../../kernels/elementwise.ts';
import { MOVE_AVERAGE } from '../../kernels/optimizer.ts';
import type { Bind } from './binding.ts';

export const average: Bind<'average'> = ({ recording, operation: { inputs, attributes }, at }) => {
  const { processor } = recording;
  const { count, keep } = attributes;
  const [moved, value] = [at(inputs.average), at(inputs.weight)];
  recording.perform(({ step }) => {
    if (step === 0) processor.floats.copyWithin(moved / 4, value / 4, value / 4 + count);
    else processor.run(MOVE_AVERAGE, chunksFor(count), { average: moved, value, moved, count, rest: 1 - keep });
  });
};
