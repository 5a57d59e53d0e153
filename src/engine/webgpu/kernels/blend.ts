import type { OperationOf } from '../../step/operation.ts';
import { type Dispatch, scratch } from '../dispatch.ts';
import { float, perValue } from './shader.ts';
import { finishTotal, sumInParts, totalParts } from './total.ts';

/** z = a x + b y: [count] */
export function blend({ inputs, outputs, attributes }: OperationOf<'blend'>): readonly Dispatch[] {
  const { count, a, b } = attributes;
  const body = `z[i] = ${float(a)} * x[i] + ${float(b)} * y[i];`;
  return [{ name: 'blend', reads: inputs, writes: outputs, ...perValue(count, body) }];
}

/** y = x / (sqrt(sum(x^2)) + epsilon): [count] */
export function toUnitLength(operation: OperationOf<'toUnitLength'>): readonly Dispatch[] {
  const { inputs, outputs, attributes } = operation;
  const { count, epsilon } = attributes;
  const parts = scratch('squares', totalParts(count));
  const length = scratch('length', 1);
  const finish = `goal[0] = sqrt(sum) + ${float(epsilon)};`;
  const reads = { x: inputs.x, length };
  return [
    sumInParts('squares', { x: inputs.x, count, value: 'x[i] * x[i]', parts }),
    finishTotal('length', { parts, count: totalParts(count), target: length, finish }),
    { name: 'unit length', reads, writes: { y: outputs.y }, ...perValue(count, 'y[i] = x[i] / length[0];') },
  ];
}
