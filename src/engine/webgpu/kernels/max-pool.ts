import { lengthOf } from '../../step/buffer.ts';
import type { OperationOf } from '../../step/operation.ts';
import type { Dispatch } from '../dispatch.ts';
import { perValue } from './shader.ts';
import { eachOver, eachUnder, indexOf, placeOf } from './windows.ts';

/** The largest value of each window, channel by channel. x: [batch, height, width, channels] -> y: [..., channels] */
export function maxPool({ inputs: { x }, outputs: { y }, attributes }: OperationOf<'maxPool'>): readonly Dispatch[] {
  const { sliding } = attributes;
  const body = `${placeOf(sliding.output)}
  var largest = -3.4028234e38;
  ${eachUnder(sliding, ['row', 'column'], `largest = max(largest, x[${indexOf(sliding.input, 'y', 'x0')}]);`)}
  pooled[i] = largest;`;
  return [{ name: 'max pool', reads: { x }, writes: { pooled: y }, ...perValue(lengthOf(y), body) }];
}

/**
 * Each pixel takes the gradients of the windows in which it is the first of the largest values: nothing is written twice.
 * dy: [..., channels] -> dx: [batch, height, width, channels]
 */
export function maxPoolGradient(operation: OperationOf<'maxPoolGradient'>): readonly Dispatch[] {
  const { inputs, outputs, attributes } = operation;
  const { sliding } = attributes;
  const earlier = `if ((y < row || (y == row && x0 < column)) && x[${indexOf(sliding.input, 'y', 'x0')}] == own) { isFirst = false; }`;
  const body = `${placeOf(sliding.input)}
  let own = x[i];
  var sum = 0.0;
  ${eachOver(
    sliding,
    `let stop = ${indexOf(sliding.output, 'stopRow', 'stopColumn')};
      if (pooled[stop] != own) { continue; }
      var isFirst = true;
      ${eachUnder(sliding, ['stopRow', 'stopColumn'], earlier)}
      if (isFirst) { sum += dy[stop]; }`,
  )}
  dx[i] = sum;`;
  const reads = { x: inputs.x, pooled: inputs.y, dy: inputs.dy };
  return [{ name: 'max pool gradient', reads, writes: outputs, ...perValue(lengthOf(outputs.dx), body) }];
}
