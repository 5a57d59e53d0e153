import { streamKey, uint32At } from '../../../../core/random.ts';
import { keepRule } from '../../../keep-rule.ts';
import type { Bind } from './binding.ts';

/** In JavaScript: a number is drawn for each channel of an image. */
export const dropChannels: Bind<'dropChannels'> = ({ recording, operation: { inputs, outputs, attributes }, at }) => {
  const { images, rate: own, position } = attributes;
  const { batch, height, width, channels } = images;
  const [x, y, size] = [at(inputs.x) / 4, at(outputs.y) / 4, height * width * channels];
  const factors = new Float32Array(channels);
  recording.perform(({ dropout: common, seed, step }) => {
    const { floats } = recording.processor;
    const rate = common ?? own;
    if (rate === 0) {
      floats.copyWithin(y, x, x + batch * size);
      return;
    }
    const { threshold, kept } = keepRule(rate);
    const key = streamKey(seed, 'dropout', position, step);
    for (let image = 0; image < batch; image++) {
      for (let c = 0; c < channels; c++) {
        factors[c] = uint32At(key, image * channels + c) >>> 8 >= threshold ? kept : 0;
      }
      const start = image * size;
      for (let i = start; i < start + size; i++) {
        floats[y + i] = (floats[x + i] ?? 0) * (factors[i % channels] ?? 0);
      }
    }
  });
};
