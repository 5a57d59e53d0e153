import type { OperationOf } from '../../step/operation.ts';
import type { Dispatch } from '../dispatch.ts';
import { perValue } from './shader.ts';

/** Rows and columns exchanged. x: [outer, rows, columns, inner] -> y: [outer, columns, rows, inner] */
export function swapAxes({ inputs: { x }, outputs: { y }, attributes }: OperationOf<'swapAxes'>): readonly Dispatch[] {
  const { outer, rows, columns, inner } = attributes;
  const body = `let row = i / ${inner}u % ${rows}u;
  let column = i / ${inner * rows}u % ${columns}u;
  let first = i / ${inner * rows * columns}u * ${rows}u + row;
  y[i] = x[(first * ${columns}u + column) * ${inner}u + i % ${inner}u];`;
  return [{ name: 'swap axes', reads: { x }, writes: { y }, ...perValue(outer * rows * columns * inner, body) }];
}
