import { BLEND } from '../../kernels/blend.ts';
import { chunksFor } from '../../kernels/elementwise.ts';
import type { Bind } from './binding.ts';

export const blend: Bind<'blend'> = ({ recording, operation: { inputs, outputs, attributes }, at }) => {
  const places = { x: at(inputs.x), y: at(inputs.y), z: at(outputs.z) };
  recording.run(BLEND, chunksFor(attributes.count), { ...places, ...attributes });
};

/** In JavaScript, rounded after each operation as the tape has it. */
export const toUnitLength: Bind<'toUnitLength'> = ({ recording, operation: { inputs, outputs, attributes }, at }) => {
  const [x, y] = [at(inputs.x) / 4, at(outputs.y) / 4];
  const { count } = attributes;
  const epsilon = Math.fround(attributes.epsilon);
  recording.compute((floats) => {
    let squares = 0;
    for (let i = x; i < x + count; i++) squares += Math.fround((floats[i] ?? 0) ** 2);
    const length = Math.fround(Math.fround(Math.sqrt(Math.fround(squares))) + epsilon);
    for (let i = 0; i < count; i++) floats[y + i] = (floats[x + i] ?? 0) / length;
  });
};
