import { i32, sequence, when } from '../code.ts';
import { kernel } from '../kernel.ts';
import { LONG_PRODUCT } from './long-product.ts';
import { PANEL_ROW } from './pack.ts';
import { TILE_COLUMNS } from './product.ts';
import { COPY_COLUMNS } from './rows.ts';

/**
 * C = A B + bias of a packed B, negative results set to 0 where `relu` is not 0. A chunk is a panel of B. A's tables as
 * in PRODUCT. `scratch` holds `rowCount` rows of a panel, for the last columns of a C that has not a multiple of eight.
 */
export const MATRIX_PRODUCT = kernel(
  'matrixProduct',
  {
    fields: [
      ...(['a', 'rows', 'rowsEnd', 'rowCount', 'steps', 'stepsEnd', 'b', 'panelBytes'] as const),
      ...(['c', 'columns', 'bias', 'relu', 'scratch'] as const),
    ],
  },
  ({ fields, chunk, scope, module }) => {
    const { a, rows, rowsEnd, rowCount, steps, stepsEnd, b, panelBytes, c, columns, bias, relu, scratch } = fields;
    const [product, copyColumns] = [module.use(LONG_PRODUCT), module.use(COPY_COLUMNS)];
    const [live, target, stride, cStride] = [
      scope.local('i32'),
      scope.local('i32'),
      scope.local('i32'),
      scope.local('i32'),
    ];
    return sequence(
      cStride.set(i32.shl(columns, 2)),
      b.increase(i32.mul(chunk, panelBytes)),
      c.increase(i32.mul(chunk, PANEL_ROW)),
      bias.increase(i32.mul(chunk, PANEL_ROW)),
      live.set(i32.sub(columns, i32.mul(chunk, TILE_COLUMNS))),
      when(
        i32.lt(live, TILE_COLUMNS),
        sequence(target.set(scratch), stride.set(PANEL_ROW)),
        sequence(target.set(c), stride.set(cStride)),
      ),
      product({ a, rows, rowsEnd, steps, stepsEnd, b, c: target, cStride: stride, bias, relu }),
      when(
        i32.lt(live, TILE_COLUMNS),
        copyColumns({ source: scratch, target: c, rows: rowCount, targetStride: cStride, bytes: i32.shl(live, 2) }),
      ),
    );
  },
);
