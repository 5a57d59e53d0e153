import { BLEND } from '../../kernels/blend.ts';
import { chunksFor } from '../../kernels/elementwise.ts';
import type { Bind } from './binding.ts';

export const updateMatrix: Bind<'updateMatrix'> = ({ recording, operation: { inputs, attributes }, at }) => {
  const { processor } = recording;
  const { count, scale, optimizer } = attributes;
  const [weight, gradient] = [at(inputs.weight), at(inputs.gradient)];
  const [velocity, direction] = [at(inputs.velocity), at(inputs.direction)];
  const chunks = chunksFor(count);
  recording.run(BLEND, chunks, { ...{ x: velocity, y: gradient, z: velocity, count }, a: optimizer.momentum, b: 1 });
  recording.perform(({ learningRate, weightDecay }) => {
    const places = { x: weight, y: direction, z: weight, count };
    processor.run(BLEND, chunks, { ...places, a: 1 - learningRate * weightDecay, b: -learningRate * scale });
  });
};
