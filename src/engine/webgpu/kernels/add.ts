import type { OperationOf } from '../../step/operation.ts';
import type { Dispatch } from '../dispatch.ts';
import { perValue } from './shader.ts';

/** z = x + y, value by value: [count]. The two may be the same buffer. */
export function add({ inputs: { x, y }, outputs: { z }, attributes }: OperationOf<'add'>): readonly Dispatch[] {
  return [{ name: 'add', reads: { x, y }, writes: { z }, ...perValue(attributes.count, 'z[i] = x[i] + y[i];') }];
}
