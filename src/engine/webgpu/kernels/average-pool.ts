import { lengthOf } from '../../step/buffer.ts';
import type { Sliding } from '../../step/images.ts';
import type { OperationOf } from '../../step/operation.ts';
import type { Dispatch } from '../dispatch.ts';
import { perValue } from './shader.ts';
import { eachOver, eachUnder, indexOf, placeOf } from './windows.ts';

/** The mean of each window, channel by channel; what lies outside the image does not count. x: [batch, height, width, channels] -> y: [..., channels] */
export function averagePool(operation: OperationOf<'averagePool'>): readonly Dispatch[] {
  const { inputs, outputs, attributes } = operation;
  const { sliding } = attributes;
  const body = `${placeOf(sliding.output)}
  var sum = 0.0;
  ${eachUnder(sliding, ['row', 'column'], `sum += x[${indexOf(sliding.input, 'y', 'x0')}];`)}
  pooled[i] = sum / ${pixelsUnder(sliding, 'row', 'column')};`;
  const writes = { pooled: outputs.y };
  return [{ name: 'average pool', reads: inputs, writes, ...perValue(lengthOf(outputs.y), body, insideOf(sliding)) }];
}

/** The gradient of each window in equal shares to its pixels. dy: [..., channels] -> dx: [batch, height, width, channels] */
export function averagePoolGradient(operation: OperationOf<'averagePoolGradient'>): readonly Dispatch[] {
  const { inputs, outputs, attributes } = operation;
  const { sliding } = attributes;
  const share = `sum += dy[${indexOf(sliding.output, 'stopRow', 'stopColumn')}] / ${pixelsUnder(sliding, 'stopRow', 'stopColumn')};`;
  const body = `${placeOf(sliding.input)}
  var sum = 0.0;
  ${eachOver(sliding, share)}
  dx[i] = sum;`;
  const shader = perValue(lengthOf(outputs.dx), body, insideOf(sliding));
  return [{ name: 'average pool gradient', reads: inputs, writes: outputs, ...shader }];
}

/** WGSL `inside`: how many taps of a window that begins at `start` lie within an axis. */
function insideOf({ window: { size, dilation } }: Sliding): string {
  return `
fn inside(start: i32, extent: i32) -> f32 {
  var count = 0.0;
  for (var tap = 0; tap < ${size}; tap++) {
    let place = start + tap * ${dilation};
    count += select(0.0, 1.0, place >= 0 && place < extent);
  }
  return count;
}`;
}

/** WGSL of how many pixels of the image lie under the window at a stop. */
function pixelsUnder({ input, window, padTop, padLeft }: Sliding, row: string, column: string): string {
  const down = `inside(${row} * ${window.strides} - ${padTop}, ${input.height})`;
  return `(${down} * inside(${column} * ${window.strides} - ${padLeft}, ${input.width}))`;
}
