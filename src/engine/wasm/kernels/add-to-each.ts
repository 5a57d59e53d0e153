import { reshape } from '@tensorflow/tfjs-core';
import { at } from '../../../core/at.ts';
import { sizeOf } from '../../../core/network/shape.ts';
import type { Machine } from '../machine.ts';
import type { Operation } from '../operation.ts';
import { addressOf, newTensor, wasmBackend } from '../tensors.ts';
import { CHANNEL_AFFINE, rowsPerChunk } from './channels.ts';
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

/** Adds the same values to each row of a matrix in memory, which may be in its place afterwards. x, y: [rows, columns], values: [columns] */
export function addToRows(
  machine: Machine,
  { rows, columns: channels }: Readonly<Record<'rows' | 'columns', number>>,
  { x, values: offset, y }: Readonly<Record<'x' | 'values' | 'y', number>>,
): void {
  const each = rowsPerChunk(channels);
  const bytes = channels * 4;
  machine.withScratch(bytes, (centre) =>
    machine.withScratch(bytes, (factor) => {
      machine.compute((floats) => {
        floats.fill(0, centre / 4, centre / 4 + channels);
        floats.fill(1, factor / 4, factor / 4 + channels);
      });
      const lists = { centre, factor, offset };
      machine.run(CHANNEL_AFFINE, Math.ceil(rows / each), { x, y, ...lists, rows, channels, rowsPerChunk: each });
    }),
  );
}
