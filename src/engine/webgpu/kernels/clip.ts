import { lengthOf } from '../../step/buffer.ts';
import type { OperationOf } from '../../step/operation.ts';
import { type Dispatch, scratch } from '../dispatch.ts';
import { float, perValue } from './shader.ts';
import { finishTotal, sumInParts, totalParts } from './total.ts';

/**
 * All gradients times `norm / max(length, norm)`, so that together, as one vector, they are at most `norm` long (Pascanu,
 * Mikolov and Bengio, arXiv:1211.5063; Keras' `global_clipnorm`).
 */
export function clip({ outputs: { gradients }, attributes: { norm } }: OperationOf<'clip'>): readonly Dispatch[] {
  const counts = gradients.map(lengthOf);
  const starts = counts.map((_, index) => sum(counts.slice(0, index).map(totalParts)));
  const count = sum(counts.map(totalParts));
  const parts = scratch('squares of gradients', count);
  const factor = scratch('clip factor', 1);
  const finish = `goal[0] = ${float(norm)} / max(sqrt(sum), ${float(norm)});`;
  return [
    ...gradients.map((x, index) =>
      sumInParts('gradient squares', { x, count: lengthOf(x), value: 'x[i] * x[i]', parts, start: starts[index] ?? 0 }),
    ),
    finishTotal('clip factor', { parts, count, target: factor, finish }),
    ...gradients.map((gradient): Dispatch => {
      const shortened = perValue(lengthOf(gradient), 'gradient[i] *= factor[0];');
      return { name: 'clip', reads: { factor }, writes: { gradient }, ...shortened };
    }),
  ];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
