import type { Bind } from './binding.ts';

/** In JavaScript: nothing is computed. */
export const swapAxes: Bind<'swapAxes'> = ({ recording, operation: { inputs, outputs, attributes }, at }) => {
  const [x, y] = [at(inputs.x) / 4, at(outputs.y) / 4];
  const { outer, rows, columns, inner } = attributes;
  recording.compute((floats) => {
    let to = y;
    for (let o = 0; o < outer; o++) {
      for (let column = 0; column < columns; column++) {
        for (let row = 0; row < rows; row++) {
          const from = x + ((o * rows + row) * columns + column) * inner;
          for (let i = 0; i < inner; i++) floats[to++] = floats[from + i] ?? 0;
        }
      }
    }
  });
};
