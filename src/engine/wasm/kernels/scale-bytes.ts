import { f32x4, i32, loop, sequence, v128, when } from '../code.ts';
import { kernel } from '../kernel.ts';
import { CHUNK } from './elementwise.ts';

/** Bytes divided by `scale`, as floats: `count` of them. */
export const SCALE_BYTES = kernel(
  'scaleBytes',
  { fields: ['bytes', 'values', 'count'], floats: ['scale'] },
  ({ fields, floats, chunk, scope }) => {
    const { bytes, values, count } = fields;
    const end = scope.local('i32');
    const divisor = scope.local('v128');
    const start = i32.mul(chunk, CHUNK);
    return sequence(
      divisor.set(v128.splat(floats.scale)),
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
          v128.store(values, f32x4.div(f32x4.ofInts(v128.loadBytes(bytes)), divisor)),
          bytes.increase(4),
          values.increase(16),
        ),
      ),
    );
  },
);
