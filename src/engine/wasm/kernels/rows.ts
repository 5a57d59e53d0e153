import type { Subroutine } from '../assembler.ts';
import { bulk, f32, i32, loop, sequence, when } from '../code.ts';

/** Copies the first columns of rows of eight to rows that are wider or narrower. Strides and sizes in bytes. */
export const COPY_COLUMNS: Subroutine<'source' | 'target' | 'rows' | 'targetStride' | 'bytes'> = {
  name: 'copyColumns',
  parameters: ['source', 'target', 'rows', 'targetStride', 'bytes'],
  write: ({ parameters: { source, target, rows, targetStride, bytes }, scope }) => {
    const row = scope.local('i32');
    return loop(
      row,
      rows,
      1,
      sequence(bulk.copy(target, source, bytes), source.increase(32), target.increase(targetStride)),
    );
  },
};

/**
 * Copies an image into a larger one of zeros: row y of `source` goes to row `top + y * step` and pixel x to column
 * `left + x * step`. Sizes of rows and pixels are in bytes, `left` too.
 */
export const PLACE: Subroutine<
  'source' | 'height' | 'width' | 'pixelBytes' | 'target' | 'targetHeight' | 'targetRow' | 'top' | 'left' | 'step'
> = {
  name: 'place',
  parameters: [
    ...(['source', 'height', 'width', 'pixelBytes'] as const),
    ...(['target', 'targetHeight', 'targetRow', 'top', 'left', 'step'] as const),
  ],
  write: ({ parameters, scope }) => {
    const { source, height, width, pixelBytes, target, targetHeight, targetRow, top, left, step } = parameters;
    const [y, x, to] = [scope.local('i32'), scope.local('i32'), scope.local('i32')];
    const rowBytes = scope.local('i32');
    const pixel = sequence(
      bulk.copy(to, source, pixelBytes),
      source.increase(pixelBytes),
      to.increase(i32.mul(pixelBytes, step)),
    );
    return sequence(
      bulk.zero(target, i32.mul(targetHeight, targetRow)),
      rowBytes.set(i32.mul(width, pixelBytes)),
      target.increase(i32.add(i32.mul(top, targetRow), left)),
      loop(
        y,
        height,
        1,
        sequence(
          when(
            i32.eq(step, 1),
            sequence(bulk.copy(target, source, rowBytes), source.increase(rowBytes)),
            sequence(to.set(target), x.set(0), loop(x, width, 1, pixel)),
          ),
          target.increase(i32.mul(targetRow, step)),
        ),
      ),
    );
  },
};

/** Copies `count` floats from places `fromStride` bytes apart to places `toStride` apart. */
export const COPY_STRIDED: Subroutine<'source' | 'target' | 'count' | 'fromStride' | 'toStride'> = {
  name: 'copyStrided',
  parameters: ['source', 'target', 'count', 'fromStride', 'toStride'],
  write: ({ parameters: { source, target, count, fromStride, toStride }, scope }) => {
    const i = scope.local('i32');
    const one = sequence(f32.store(target, f32.load(source)), source.increase(fromStride), target.increase(toStride));
    return loop(i, count, 1, one);
  },
};
