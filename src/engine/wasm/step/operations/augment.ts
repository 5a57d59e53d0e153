import { augmentedImages, mirroredAt } from '../../../augmented-images.ts';
import { lengthOf } from '../../../step/buffer.ts';
import type { Bind } from './binding.ts';

/** In JavaScript, image by image. */
export const augment: Bind<'augment'> = ({ recording, operation: { inputs, outputs, attributes }, at }) => {
  const { processor } = recording;
  const [x, y, count] = [at(inputs.x) / 4, at(outputs.y) / 4, lengthOf(inputs.x)];
  const { images, ...scale } = attributes;
  recording.perform(({ variation, batch }) => {
    const { floats } = processor;
    if (variation === null) {
      floats.copyWithin(y, x, x + count);
      return;
    }
    const mirrored = mirroredAt(variation, batch.positions);
    floats.set(augmentedImages(floats.subarray(x, x + count), variation, mirrored, scale, images), y);
  });
};
