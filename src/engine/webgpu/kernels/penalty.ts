import type { OperationOf } from '../../step/operation.ts';
import { type Dispatch, scratch } from '../dispatch.ts';
import { float, perValue } from './shader.ts';
import { finishTotal, sumInParts, totalParts } from './total.ts';

/** Adds `l1 * sum(|w|) + l2 * sum(w^2)` to the loss. weight: [count], metrics: [loss, hits] */
export function penalty({ inputs, outputs, attributes }: OperationOf<'penalty'>): readonly Dispatch[] {
  const { count, l1, l2 } = attributes;
  const parts = scratch('penalty parts', totalParts(count));
  const value = `${float(l1)} * abs(x[i]) + ${float(l2)} * x[i] * x[i]`;
  return [
    sumInParts('penalty', { x: inputs.weight, count, value, parts }),
    finishTotal('penalty total', {
      parts,
      count: totalParts(count),
      target: outputs.metrics,
      finish: 'goal[0] += sum;',
    }),
  ];
}

/** gradient = l1 sign(w) + 2 l2 w: [count] */
export function penaltyGradient(operation: OperationOf<'penaltyGradient'>): readonly Dispatch[] {
  const { inputs, outputs, attributes } = operation;
  const { count, l1, l2 } = attributes;
  const body = `gradient[i] = ${float(l1)} * sign(weight[i]) + ${float(2 * l2)} * weight[i];`;
  return [{ name: 'penalty gradient', reads: inputs, writes: outputs, ...perValue(count, body) }];
}
