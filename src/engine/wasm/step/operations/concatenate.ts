import type { Bind } from './binding.ts';

export const concatenate: Bind<'concatenate'> = ({ recording, operation: { inputs, outputs, attributes }, at }) => {
  const [x, y, z] = [at(inputs.x) / 4, at(inputs.y) / 4, at(outputs.z) / 4];
  const { rows, left, right } = attributes;
  recording.compute((floats) => {
    for (let row = 0; row < rows; row++) {
      const to = z + row * (left + right);
      floats.copyWithin(to, x + row * left, x + (row + 1) * left);
      floats.copyWithin(to + left, y + row * right, y + (row + 1) * right);
    }
  });
};

export const columnsOf: Bind<'columnsOf'> = ({ recording, operation: { inputs, outputs, attributes }, at }) => {
  const [z, x] = [at(inputs.z) / 4, at(outputs.x) / 4];
  const { rows, left, right, side } = attributes;
  const [skipped, width] = side === 'left' ? [0, left] : [left, right];
  recording.compute((floats) => {
    for (let row = 0; row < rows; row++) {
      const from = z + row * (left + right) + skipped;
      floats.copyWithin(x + row * width, from, from + width);
    }
  });
};
