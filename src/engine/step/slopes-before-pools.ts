import { lengthOf } from './buffer.ts';
import type { Operation } from './operation.ts';
import { Uses } from './uses.ts';

/**
 * The same operations, with slopes that are computed from results multiplied in before the gradient passes back through a max pooling: the largest
 * value of a window has the slope of the pixel that it came from, and there are fewer windows than pixels.
 */
export function slopesBeforePools(operations: readonly Operation[]): readonly Operation[] {
  const uses = new Uses(operations);
  for (const pool of operations) {
    if (pool.name !== 'maxPoolGradient') continue;
    const slope = uses.onlyReaderOf(pool.outputs.dx);
    if (slope?.name !== 'activateGradient' || slope.inputs.y !== pool.inputs.x) continue;
    // It goes by whole rows of values.
    if (slope.attributes.activation === 'softmax') continue;
    const { x, y, dy } = pool.inputs;
    const sloped = { ...y, name: `${y.name} slope` };
    const attributes = { ...slope.attributes, count: lengthOf(y) };
    const before: Operation = { ...slope, inputs: { dy, x: null, y }, outputs: { dx: sloped }, attributes };
    const after: Operation = { ...pool, inputs: { x, y, dy: sloped }, outputs: slope.outputs };
    const moved = operations.flatMap((operation) => {
      if (operation === pool) return [before, after];
      return operation === slope ? [] : [operation];
    });
    return slopesBeforePools(moved);
  }
  return operations;
}
