import type { OperationOf } from '../../step/operation.ts';
import type { Dispatch } from '../dispatch.ts';
import { perValue } from './shader.ts';

/** z = x + y, value by value: [count]. The two may be the same buffer. */
export function add({ inputs: { x, y }, outputs: { z }, attributes }: OperationOf<'add'>): readonly Dispatch[] {
  return [{ name: 'add', reads: { x, y }, writes: { z }, ...perValue(attributes.count, 'z[i] = x[i] + y[i];') }];
}

/** y = x + values, the same values for each row. x: [rows, columns], values: [columns] -> y: [rows, columns] */
export function addToRows({ inputs, outputs, attributes }: OperationOf<'addToRows'>): readonly Dispatch[] {
  const { rows, columns } = attributes;
  const body = `y[i] = x[i] + values[i % ${columns}u];`;
  return [{ name: 'add to rows', reads: inputs, writes: outputs, ...perValue(rows * columns, body) }];
}
