import type { Subroutine } from '../assembler.ts';
import { f32, f32x4, i32, type Local, loop, loopUntil, sequence, v128, when } from '../code.ts';
import { REACH, TILE } from './winograd-lines.ts';

/** Writes the addresses of a square of pixels down, `outside` for those that the image has not. */
export const PIXELS: Subroutine<
  'table' | 'extent' | 'image' | 'height' | 'width' | 'pixelBytes' | 'top' | 'left' | 'outside'
> = {
  name: 'winogradPixels',
  parameters: ['table', 'extent', 'image', 'height', 'width', 'pixelBytes', 'top', 'left', 'outside'],
  write: ({ parameters, scope }) => {
    const { table, extent, image, height, width, pixelBytes, top, left, outside } = parameters;
    const [y, x, inside, at] = [scope.local('i32'), scope.local('i32'), scope.local('i32'), scope.local('i32')];
    const within = (place: Local, end: Local) => i32.and(i32.ge(place, 0), i32.lt(place, end));
    const pixel = sequence(
      i32.store(table, i32.select(at, outside, i32.and(inside, within(x, width)))),
      table.increase(4),
      at.increase(pixelBytes),
    );
    const row = sequence(
      inside.set(within(y, height)),
      x.set(left),
      at.set(i32.add(image, i32.mul(i32.add(i32.mul(y, width), left), pixelBytes))),
      loop(x, i32.add(left, extent), 1, pixel),
    );
    return sequence(y.set(top), loop(y, i32.add(top, extent), 1, row));
  },
};

/**
 * Finds out at which outputs of a tile the window covers nothing but zeros, and writes them to `target` as bits, row by row. A
 * transform that is not exact would give some 1e-8 there instead of 0, on either side of what ReLU lets through.
 *
 * `table`: the addresses of the tile's inputs, `bytes` of channels each.
 */
export const EMPTY_WINDOWS: Subroutine<'table' | 'bytes' | 'target'> = {
  name: 'winogradEmptyWindows',
  parameters: ['table', 'bytes', 'target'],
  write: ({ parameters: { table, bytes, target }, scope }) => {
    const [y, x, row, seen] = [scope.local('i32'), scope.local('i32'), scope.local('i32'), scope.local('i32')];
    const [at, end, full] = [scope.local('i32'), scope.local('i32'), scope.local('i32')];
    const pixel = sequence(
      at.set(i32.load(table)),
      table.increase(4),
      end.set(i32.add(at, bytes)),
      full.set(0),
      loopUntil(
        i32.or(full, i32.eq(at, end)),
        sequence(full.set(v128.anyTrue(f32x4.ne(v128.load(at), v128.splat(0)))), at.increase(16)),
      ),
      row.set(i32.or(row, i32.shl(full, x))),
    );
    // Bit x of a row becomes: something at x, x + 1 or x + 2. A row is seen by the outputs of its own row and of two before it.
    const widen = row.set(i32.and(i32.or(row, i32.or(i32.shrU(row, 1), i32.shrU(row, 2))), 2 ** TILE - 1));
    /** A bit for each output of the tile. */
    const outputs = 2 ** (TILE * TILE) - 1;
    const rows = i32.or(row, i32.or(i32.shl(row, TILE), i32.shl(row, 2 * TILE)));
    return sequence(
      loop(
        y,
        TILE * REACH,
        TILE,
        sequence(row.set(0), x.set(0), loop(x, REACH, 1, pixel), widen, seen.set(i32.or(seen, i32.shl(rows, y)))),
      ),
      i32.store(target, i32.sub(outputs, i32.and(i32.shrU(seen, 2 * TILE), outputs))),
    );
  },
};

/** Writes the bias, negative values as 0 where `relu` is 1, to the outputs of a tile that `empty` has bits for. */
export const FILL_EMPTY: Subroutine<'table' | 'empty' | 'bytes' | 'bias' | 'relu'> = {
  name: 'winogradFillEmpty',
  parameters: ['table', 'empty', 'bytes', 'bias', 'relu'],
  write: ({ parameters: { table, empty, bytes, bias, relu }, scope }) => {
    const [at, channel] = [scope.local('i32'), scope.local('i32')];
    const floor = scope.local('v128');
    const four = v128.store(i32.add(at, channel), f32x4.pmax(v128.load(i32.add(bias, channel)), floor));
    return sequence(
      floor.set(floorOf(relu)),
      loopUntil(
        i32.eqz(empty),
        sequence(
          when(i32.and(empty, 1), sequence(at.set(i32.load(table)), channel.set(0), loop(channel, bytes, 16, four))),
          table.increase(4),
          empty.set(i32.shrU(empty, 1)),
        ),
      ),
    );
  },
};

/** The least that results may be: 0 where `relu` is 1. */
export function floorOf(relu: Local) {
  return v128.splat(f32.select(f32.const(0), f32.const(Number.NEGATIVE_INFINITY), relu));
}
