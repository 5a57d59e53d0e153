import { bulk, i32, loop, sequence, v128, when } from '../code.ts';
import { kernel } from '../kernel.ts';
import { TILE_COLUMNS } from './product.ts';
import { COPY_STRIDED } from './rows.ts';

/** Bytes of a row of a panel. */
export const PANEL_ROW = TILE_COLUMNS * 4;

/** Panels for so many columns. */
export function panelsFor(columns: number): number {
  return Math.ceil(columns / TILE_COLUMNS);
}

/**
 * Copies a matrix into the order that products need: panels of eight columns, row after row, zeros behind the last
 * column. The matrix is one or several blocks (`taps`) on top of each other, of `depth` rows each. A chunk is a panel.
 *
 * Element [tap][k][column] is read at `source + tap * tapStride + k * depthStride + column * columnStride` (bytes).
 */
export const PACK = kernel(
  'pack',
  {
    fields: ['source', 'target', 'taps', 'tapStride', 'depth', 'depthStride', 'columns', 'columnStride'],
  },
  ({ fields, chunk, scope, module }) => {
    const { source, target, taps, tapStride, depth, depthStride, columns, columnStride } = fields;
    const copyStrided = module.use(COPY_STRIDED);
    const [tap, k, column, from] = [scope.local('i32'), scope.local('i32'), scope.local('i32'), scope.local('i32')];
    const [to, tapBytes, live] = [scope.local('i32'), scope.local('i32'), scope.local('i32')];
    const wholeRow = sequence(
      v128.store(to, v128.load(from)),
      v128.store(to, v128.load(from, 16), 16),
      from.increase(depthStride),
      to.increase(PANEL_ROW),
    );
    const columnByColumn = sequence(
      column.set(0),
      loop(
        column,
        live,
        1,
        copyStrided({
          source: i32.add(from, i32.mul(column, columnStride)),
          target: i32.add(to, i32.shl(column, 2)),
          count: depth,
          fromStride: depthStride,
          toStride: PANEL_ROW,
        }),
      ),
      to.increase(tapBytes),
    );
    return sequence(
      tapBytes.set(i32.mul(depth, PANEL_ROW)),
      to.set(i32.add(target, i32.mul(chunk, i32.mul(taps, tapBytes)))),
      live.set(i32.sub(columns, i32.mul(chunk, TILE_COLUMNS))),
      when(i32.gt(live, TILE_COLUMNS), live.set(TILE_COLUMNS)),
      source.increase(i32.mul(i32.mul(chunk, TILE_COLUMNS), columnStride)),
      when(i32.lt(live, TILE_COLUMNS), bulk.zero(to, i32.mul(taps, tapBytes))),
      loop(
        tap,
        taps,
        1,
        sequence(
          from.set(source),
          when(
            i32.and(i32.eq(columnStride, 4), i32.eq(live, TILE_COLUMNS)),
            sequence(k.set(0), loop(k, depth, 1, wholeRow)),
            columnByColumn,
          ),
          source.increase(tapStride),
        ),
      ),
    );
  },
);
