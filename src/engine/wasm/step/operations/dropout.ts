import { streamKey } from '../../../../core/random.ts';
import { keepRule } from '../../../keep-rule.ts';
import { DROPOUT } from '../../kernels/dropout.ts';
import { chunksFor } from '../../kernels/elementwise.ts';
import type { Bind } from './binding.ts';

export const dropout: Bind<'dropout'> = ({ recording, operation: { inputs, outputs, attributes }, at }) => {
  const { processor } = recording;
  const { count, rate: own, position, adjustable } = attributes;
  const [x, y] = [at(inputs.x), at(outputs.y)];
  recording.perform(({ dropout: common, seed, step }) => {
    const rate = adjustable ? (common ?? own) : own;
    if (rate === 0) {
      processor.floats.copyWithin(y / 4, x / 4, x / 4 + count);
      return;
    }
    const [key0, key1, key2] = streamKey(seed, 'dropout', position, step);
    processor.run(DROPOUT, chunksFor(count), { x, y, count, key0, key1, key2, ...keepRule(rate) });
  });
};
