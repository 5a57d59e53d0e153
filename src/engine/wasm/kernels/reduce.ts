import { f32, f32x4, i32, loop, sequence, v128, when } from '../code.ts';
import { kernel } from '../kernel.ts';

/**
 * Adds partial sums up, always in the same order, and skips what lies behind the last column. A chunk is a row. Partial
 * sums are `partialBytes` apart and their rows `rowBytes`.
 */
export const SUM_PARTIALS = kernel(
  'sumPartials',
  { fields: ['partial', 'partialBytes', 'groups', 'rowBytes', 'target', 'columns', 'rows', 'rowsPerChunk'] },
  ({ fields, chunk, scope }) => {
    const { partial, partialBytes, groups, rowBytes, target, columns, rows, rowsPerChunk } = fields;
    const [row, lastRow, column, group] = [
      scope.local('i32'),
      scope.local('i32'),
      scope.local('i32'),
      scope.local('i32'),
    ];
    const [from, to] = [scope.local('i32'), scope.local('i32')];
    const [sum, single] = [scope.local('v128'), scope.local('f32')];
    const source = i32.add(i32.add(partial, i32.mul(row, rowBytes)), i32.shl(column, 2));
    const four = sequence(
      from.set(source),
      sum.set(v128.load(from)),
      group.set(1),
      loop(group, groups, 1, sequence(from.increase(partialBytes), sum.set(f32x4.add(sum, v128.load(from))))),
      v128.store(to, sum),
      to.increase(16),
    );
    const one = sequence(
      from.set(source),
      single.set(f32.load(from)),
      group.set(1),
      loop(group, groups, 1, sequence(from.increase(partialBytes), single.set(f32.add(single, f32.load(from))))),
      f32.store(to, single),
      to.increase(4),
    );
    return sequence(
      row.set(i32.mul(chunk, rowsPerChunk)),
      lastRow.set(i32.add(row, rowsPerChunk)),
      when(i32.gt(lastRow, rows), lastRow.set(rows)),
      loop(
        row,
        lastRow,
        1,
        sequence(
          to.set(i32.add(target, i32.mul(row, i32.shl(columns, 2)))),
          column.set(0),
          loop(column, i32.sub(columns, 3), 4, four),
          loop(column, columns, 1, one),
        ),
      ),
    );
  },
);
