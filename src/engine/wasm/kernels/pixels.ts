import { f32x4, i32, loop, sequence, v128, when } from '../code.ts';
import { kernel } from '../kernel.ts';
import { CHUNK } from './elementwise.ts';

/** Bytes as gray values from 0 to 1: `count` of them. */
export const PIXELS = kernel('pixels', { fields: ['bytes', 'values', 'count'] }, ({ fields, chunk, scope }) => {
  const { bytes, values, count } = fields;
  const end = scope.local('i32');
  const start = i32.mul(chunk, CHUNK);
  return sequence(
    end.set(i32.sub(count, start)),
    when(i32.gt(end, CHUNK), end.set(CHUNK)),
    bytes.increase(start),
    values.increase(i32.shl(start, 2)),
    count.set(0),
    loop(
      count,
      end,
      4,
      sequence(
        v128.store(values, f32x4.div(f32x4.ofInts(v128.loadBytes(bytes)), v128.splat(255))),
        bytes.increase(4),
        values.increase(16),
      ),
    ),
  );
});
