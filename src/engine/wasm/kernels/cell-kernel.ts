import type { Scope } from '../assembler.ts';
import { type Code, i32, loop, type Operand, sequence, v128, when } from '../code.ts';
import { type Kernel, kernel } from '../kernel.ts';

/** Values of a state in a chunk. */
const CHUNK = 2048;

/** What a formula is written with: the columns of a row that are being computed, four or one. */
export interface Columns<Array extends string> {
  readonly scope: Scope;
  /** Those of an array, in its block of this number. */
  load(array: Array, block?: number): Code;
  store(array: Array, block: number, value: Operand): Code;
}

/** The arrays of a kernel in order, each with the blocks of a row, or with the name of a field that has the bytes of one. */
type Arrays<Array extends string, Row extends string> = readonly (readonly [array: Array, row: number | Row])[];

const FIELDS = ['rows', 'units', 'each'] as const;

/** A kernel of a recurrent cell. */
export type CellKernel<Field extends string> = Kernel<Field | (typeof FIELDS)[number], never>;

/**
 * A kernel that goes through several arrays row by row. A row has blocks of `units` columns. Four columns are
 * computed at once, and those that are left one by one: behind them is the next block.
 */
export function cellKernel<const Array extends string, const Row extends string = never>(
  name: string,
  { arrays, rows: rowFields = [] }: { readonly arrays: Arrays<Array, Row>; readonly rows?: readonly Row[] },
  formula: (columns: Columns<Array>) => Code,
): CellKernel<Array | Row> {
  const names = arrays.map(([array]) => array);
  return kernel(name, { fields: [...names, ...rowFields, ...FIELDS] }, ({ fields, chunk, scope }) => {
    const { rows, units, each } = fields;
    const [at, row, bytes, first] = [scope.local('i32'), scope.local('i32'), scope.local('i32'), scope.local('i32')];
    const place = (array: Array, block: number) => i32.add(i32.add(fields[array], at), i32.mul(bytes, block));
    const columns = (store: (address: Code, value: Operand) => Code) =>
      formula({
        scope,
        load: (array, block = 0) => v128.load(place(array, block)),
        store: (array, block, value) => store(place(array, block), value),
      });
    const forward = (count: Operand) =>
      sequence(
        ...arrays.map(([array, row]) => {
          const rowBytes = typeof row === 'number' ? i32.mul(bytes, row) : fields[row];
          return fields[array].increase(i32.mul(rowBytes, count));
        }),
      );
    return sequence(
      bytes.set(i32.shl(units, 2)),
      first.set(i32.mul(chunk, each)),
      forward(first),
      rows.set(i32.sub(rows, first)),
      when(i32.gt(rows, each), rows.set(each)),
      loop(
        row,
        rows,
        1,
        sequence(
          at.set(0),
          loop(at, i32.and(bytes, -16), 16, columns(v128.store)),
          loop(at, bytes, 4, columns(v128.storeFirst)),
          forward(1),
        ),
      ),
    );
  });
}

/** The chunks of such a kernel, and what it is told of its rows. */
export function cellRows(rows: number, units: number) {
  const each = Math.max(1, Math.floor(CHUNK / units));
  return { chunks: Math.ceil(rows / each), extents: { rows, units, each } };
}
