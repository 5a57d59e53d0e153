import type { Operation, OperationOf } from '../step/operation.ts';
import { isFused } from './kernels/activations.ts';
import { Uses } from './uses.ts';

/**
 * The same operations, with slopes where the kernels want them: computed from what a function gave, and multiplied in before the
 * gradient passes back through a max pooling.
 */
export function movedSlopes(operations: readonly Operation[]): readonly Operation[] {
  return slopesBeforePools(slopesByResult(operations));
}

/** Slopes of functions that can be computed from their results, computed so: then what went in need not be kept. */
function slopesByResult(operations: readonly Operation[]): readonly Operation[] {
  const applied = operations.filter((operation): operation is OperationOf<'activate'> => operation.name === 'activate');
  return operations.map((operation): Operation => {
    if (operation.name !== 'activateGradient' || operation.inputs.x === null) return operation;
    const { inputs, attributes } = operation;
    if (!isFused(attributes.activation)) return operation;
    const made = applied.find(
      (other) => other.inputs.x === inputs.x && other.attributes.activation === attributes.activation,
    );
    return made ? { ...operation, inputs: { dy: inputs.dy, x: null, y: made.outputs.y } } : operation;
  });
}

/**
 * The largest value of a window has the slope of the pixel that it came from, so the slope may be multiplied in before the gradient is
 * handed to that pixel: there are fewer windows than pixels, and another kernel can do it by the way.
 */
function slopesBeforePools(operations: readonly Operation[]): readonly Operation[] {
  const uses = new Uses(operations);
  for (const pool of operations) {
    if (pool.name !== 'maxPoolGradient') continue;
    const slope = uses.onlyReaderOf(pool.outputs.dx);
    if (slope?.name !== 'activateGradient' || slope.inputs.y !== pool.inputs.x) continue;
    if (!isFused(slope.attributes.activation)) continue;
    const { x, y, dy } = pool.inputs;
    const sloped = { ...y, name: `${y.name} slope` };
    const before: Operation = { ...slope, inputs: { dy, x: null, y }, outputs: { dx: sloped } };
    const after: Operation = { ...pool, inputs: { x, y, dy: sloped }, outputs: slope.outputs };
    const moved = operations.flatMap((operation) => {
      if (operation === pool) return [before, after];
      return operation === slope ? [] : [operation];
    });
    return slopesBeforePools(moved);
  }
  return operations;
}
