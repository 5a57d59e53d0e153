import { reshape } from '@tensorflow/tfjs-core';
import { at } from '../../../core/at.ts';
import { sizeOf } from '../../../core/network/shape.ts';
import type { Machine } from '../machine.ts';
import type { Operation } from '../operation.ts';
import { addressOf, newTensor, wasmBackend } from '../tensors.ts';
import { ADD_TO_ROWS, rowsPerChunk } from './channels.ts';
import { columnSums } from './sums.ts';

/** Adds the same values to each sample. x: [batch, ...shape], values: [...shape]. Gradients by both. */
export const addToEach: Operation = {
  name: 'AddToEach',
  forward: (inputs) => {
    const [x, values] = [inputs.get('x'), inputs.get('values')];
    const { tensor, address } = newTensor(x.shape);
    const places = { x: addressOf(x), values: addressOf(values), y: address };
    addToRows(wasmBackend().machine, { rows: at(x.shape, 0), columns: sizeOf(values.shape) }, places);
    return tensor;
  },
  gradients: (dy) => ({
    x: () => dy,
    values: () => reshape(columnSums(reshape(dy, [at(dy.shape, 0), -1])), dy.shape.slice(1)),
  }),
};

/** y = x + values, the same values for each row; y may be x. x, y: [rows, columns], values: [columns] */
export function addToRows(
  machine: Machine,
  { rows, columns: channels }: Readonly<Record<'rows' | 'columns', number>>,
  places: Readonly<Record<'x' | 'values' | 'y', number>>,
): void {
  const each = rowsPerChunk(channels);
  machine.run(ADD_TO_ROWS, Math.ceil(rows / each), { ...places, rows, channels, rowsPerChunk: each });
}
