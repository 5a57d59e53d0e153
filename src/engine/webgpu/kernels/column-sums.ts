import type { Buffer } from '../../step/buffer.ts';
import type { OperationOf } from '../../step/operation.ts';
import { type Dispatch, scratch } from '../dispatch.ts';
import { perValue } from './shader.ts';
import { sumParts } from './sum-parts.ts';

/** Rows that one invocation adds up at least, and parts that there are at most. */
const LEAST_ROWS = 32;
const MOST_PARTS = 256;

/** How rows are cut into parts that are summed side by side. */
function partsOf(rows: number): { readonly parts: number; readonly perPart: number } {
  const perPart = Math.max(LEAST_ROWS, Math.ceil(rows / MOST_PARTS));
  return { parts: Math.ceil(rows / perPart), perPart };
}

/**
 * Sums over rows, by column: each part of the rows in order, and then the parts in order. `value`: WGSL of what is added for
 * `row` and `column`. -> sums: [columns]
 */
export function sumsByColumn(
  name: string,
  { rows, columns, reads, functions, value, sums }: ColumnSums,
): readonly Dispatch[] {
  const { parts, perPart } = partsOf(rows);
  const partial = parts === 1 ? sums : scratch(`${name} parts`, parts * columns);
  const body = `let column = i % ${columns}u;
  let first = i / ${columns}u * ${perPart}u;
  var sum = 0.0;
  for (var row = first; row < min(first + ${perPart}u, ${rows}u); row++) { sum += ${value}; }
  partial[i] = sum;`;
  const summed: Dispatch = { name, reads, writes: { partial }, ...perValue(parts * columns, body, functions) };
  if (parts === 1) return [summed];
  return [summed, sumParts(`${name} total`, { parts, count: columns, partial, output: sums })];
}

interface ColumnSums {
  readonly rows: number;
  readonly columns: number;
  readonly reads: Readonly<Record<string, Buffer>>;
  /** WGSL that comes before. */
  readonly functions?: string;
  readonly value: string;
  readonly sums: Buffer;
}

/** The sum of each column. x: [rows, columns] -> sums: [columns] */
export function columnSums({ inputs, outputs, attributes }: OperationOf<'columnSums'>): readonly Dispatch[] {
  const { rows, columns } = attributes;
  return sumsByColumn('column sums', {
    ...{ rows, columns, reads: { x: inputs.x }, sums: outputs.sums },
    value: `x[row * ${columns}u + column]`,
  });
}
