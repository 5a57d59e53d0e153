import type { Tensor } from '@tensorflow/tfjs-core';
import { last } from '../../../core/at.ts';
import { sizeOf } from '../../../core/network/shape.ts';
import type { Machine } from '../machine.ts';
import { addressOf, newTensor, wasmBackend } from '../tensors.ts';
import { CHANNEL_SUMS, rowsPerChunk, vectorsFor } from './channels.ts';
import { SUM_PARTIALS } from './reduce.ts';

/** Rows of the result that a chunk computes. */
const ROWS_PER_CHUNK = 64;

/** Partial sums of a matrix in memory, and where their sum goes: see SUM_PARTIALS. */
export interface PartialSums {
  readonly partial: number;
  readonly partialBytes: number;
  readonly groups: number;
  readonly rowBytes: number;
  readonly target: number;
  readonly rows: number;
  readonly columns: number;
}

/** Adds partial sums up, always in the same order. */
export function sumPartials(machine: Machine, sums: PartialSums): void {
  const chunks = Math.ceil(sums.rows / ROWS_PER_CHUNK);
  machine.run(SUM_PARTIALS, chunks, { ...sums, rowsPerChunk: ROWS_PER_CHUNK });
}

/** The sum of each column of a matrix in memory. x: [rows, columns] -> sums: [columns] */
export function sumColumns(
  machine: Machine,
  { x, sums, rows, columns }: Readonly<Record<'x' | 'sums' | 'rows' | 'columns', number>>,
): void {
  const [each, vectors] = [rowsPerChunk(columns), vectorsFor(columns)];
  const groups = Math.ceil(rows / each);
  const partialBytes = vectors * 16;
  machine.withScratch(groups * partialBytes, (partial) => {
    machine.run(CHANNEL_SUMS, groups, { x, partial, vectors, rows, rowsPerChunk: each, channels: columns });
    sumPartials(machine, { partial, partialBytes, groups, rowBytes: partialBytes, target: sums, rows: 1, columns });
  });
}

/** The sum over all axes but the last: [columns]. */
export function columnSums(matrix: Tensor): Tensor {
  const columns = last(matrix.shape);
  const { tensor, address } = newTensor([columns]);
  const rows = sizeOf(matrix.shape) / columns;
  sumColumns(wasmBackend().machine, { x: addressOf(matrix), sums: address, rows, columns });
  return tensor;
}
