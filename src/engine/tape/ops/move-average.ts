import { add, mul, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import { onWasm, runForAll } from '../../wasm/operation.ts';

/** Moves an average towards a value: `average = keep * average + (1 - keep) * value`. No gradient. Runs inside a tidy. */
export function moveAverage(average: Variable, value: Tensor, keep: number): void {
  if (onWasm()) {
    const [moved] = runForAll('MoveAverage', { average, value }, { rest: 1 - keep });
    if (moved) average.assign(moved);
    return;
  }
  average.assign(add(mul(average, keep), mul(value, 1 - keep)));
}
