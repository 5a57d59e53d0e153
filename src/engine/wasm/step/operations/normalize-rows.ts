import { type RowNormalization, rowsForward, rowsGradient } from '../../kernels/row-operations.ts';
import type { Recording } from '../recording.ts';
import type { Bind } from './binding.ts';

export const normalizeRows: Bind<'normalizeRows'> = ({ recording, operation: { inputs, outputs, attributes }, at }) => {
  const shape = shapeOf(attributes);
  withColumn(recording, inputs.gamma && at(inputs.gamma), { columns: shape.columns, value: 1 }, (gamma) =>
    withColumn(recording, inputs.beta && at(inputs.beta), { columns: shape.columns, value: 0 }, (beta) =>
      rowsForward(recording, shape, { x: at(inputs.x), y: at(outputs.y), gamma, beta }),
    ),
  );
};

export const normalizeRowsGradient: Bind<'normalizeRowsGradient'> = ({ recording, operation, at }) => {
  const { inputs, outputs, attributes } = operation;
  const shape = shapeOf(attributes);
  const places = { x: at(inputs.x), dy: at(inputs.dy), dx: at(outputs.dx), scaled: at(outputs.scaled) };
  withColumn(recording, inputs.gamma && at(inputs.gamma), { columns: shape.columns, value: 1 }, (gamma) =>
    rowsGradient(recording, shape, { ...places, gamma }),
  );
};

function shapeOf({
  rows,
  channels: columns,
  epsilon,
}: {
  rows: number;
  channels: number;
  epsilon: number;
}): RowNormalization {
  return { rows, columns, epsilon };
}

/** A trained list, or one that has the same value for each column. */
function withColumn(
  recording: Recording,
  trained: number | null,
  { columns, value }: { readonly columns: number; readonly value: number },
  use: (address: number) => void,
): void {
  if (trained !== null) {
    use(trained);
    return;
  }
  recording.withScratch(columns * 4, (list) => {
    recording.compute((floats) => floats.fill(value, list / 4, list / 4 + columns));
    use(list);
  });
}
