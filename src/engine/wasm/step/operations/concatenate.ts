import { at as elementAt } from '../../../../core/at.ts';
import type { Bind } from './binding.ts';

export const concatenate: Bind<'concatenate'> = ({ recording, operation: { inputs, outputs, attributes }, at }) => {
  const { rows, widths } = attributes;
  const z = at(outputs.z) / 4;
  const columns = widths.reduce((sum, width) => sum + width, 0);
  let first = 0;
  const parts = inputs.parts.map((part, i) => {
    const [start, width, offset] = [at(part) / 4, elementAt(widths, i), first];
    first += width;
    return { start, width, offset };
  });
  recording.compute((floats) => {
    for (const { start, width, offset } of parts) {
      for (let row = 0; row < rows; row++) {
        floats.copyWithin(z + row * columns + offset, start + row * width, start + (row + 1) * width);
      }
    }
  });
};

export const columnsOf: Bind<'columnsOf'> = ({ recording, operation: { inputs, outputs, attributes }, at }) => {
  const [z, x] = [at(inputs.z) / 4, at(outputs.x) / 4];
  const { rows, columns, first, width } = attributes;
  recording.compute((floats) => {
    for (let row = 0; row < rows; row++) {
      const from = z + row * columns + first;
      floats.copyWithin(x + row * width, from, from + width);
    }
  });
};
