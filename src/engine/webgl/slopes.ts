import type { Operation, OperationOf } from '../step/operation.ts';
import { slopesBeforePools } from '../step/slopes-before-pools.ts';
import { isFused } from './kernels/activations.ts';

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
