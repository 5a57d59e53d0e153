import { ADD, chunksFor } from '../../kernels/elementwise.ts';
import type { Bind } from './binding.ts';

export const add: Bind<'add'> = ({ recording, operation: { inputs, outputs, attributes }, at }) => {
  const { count } = attributes;
  recording.run(ADD, chunksFor(count), { x: at(inputs.x), y: at(inputs.y), z: at(outputs.z), count });
};
