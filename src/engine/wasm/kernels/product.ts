import type { FunctionContext, ModuleWriter, Subroutine } from '../assembler.ts';
import { type Code, f32x4, i32, type Local, loopAddresses, type Operand, sequence, v128, when } from '../code.ts';

/** Rows of the result that are computed at once: with TILE_COLUMNS they fill the vector registers, of which there are 16. */
export const TILE_ROWS = 6;

/** Where a product must stand in a register of its own before it is added, six rows do not fit: four, and then the two that are left. */
const SMALL_TILES = [4, 2] as const;

/** Columns of the result that are computed at once. */
export const TILE_COLUMNS = 8;

/** Bytes of a table entry, of which both tables have two whole numbers each. */
export const ENTRY = 8;

export const PRODUCT_PARAMETERS = ['a', 'rows', 'rowsEnd', 'steps', 'stepsEnd', 'b', 'c', 'cStride', 'bias'] as const;

type Parameter = (typeof PRODUCT_PARAMETERS)[number];

/**
 * Eight columns of a matrix product C = A B. Tables give the addresses of A, so that A may also be images under a
 * sliding window:
 *
 *   C[row][0 ... 7] = bias[0 ... 7] + sum over steps of A[aRow + aStep] * B[bStep][0 ... 7]
 *
 * `rows` ... `rowsEnd`: a pair (aRow, row) for each row, in bytes and as a number, a multiple of TILE_ROWS of them; where
 * the rows are fewer, the last is repeated. `steps` ... `stepsEnd`: a pair (aStep, bStep) for each step, in bytes.
 * `cStride`: bytes from a row of C to the next.
 */
export const PRODUCT: Subroutine<Parameter> = productSubroutine('product', (sum) => sum);

/** The same with negative results set to 0. */
export const PRODUCT_RELU: Subroutine<Parameter> = productSubroutine('productRelu', positive);

/** The same, added to what C holds; the bias is ignored. The products are summed before: long sums lose less in two levels. */
export const PRODUCT_ADD: Subroutine<Parameter> = productSubroutine('productAdd', (sum) => sum, { add: true });

/** The same with negative results set to 0. */
export const PRODUCT_ADD_RELU: Subroutine<Parameter> = productSubroutine('productAddRelu', positive, { add: true });

function positive(sum: Code): Code {
  return f32x4.pmax(sum, v128.splat(0));
}

/** A row of the tile: its two vectors of sums, and the addresses that it reads and writes. */
interface TileRow {
  readonly source: Local;
  readonly target: Local;
  readonly left: Local;
  readonly right: Local;
}

function productSubroutine(name: string, finish: (sum: Code) => Code, { add = false } = {}): Subroutine<Parameter> {
  return {
    name,
    parameters: PRODUCT_PARAMETERS,
    write: (context) => {
      const { rows, rowsEnd } = context.parameters;
      const tile = Array.from({ length: TILE_ROWS }, () => ({
        source: context.scope.local('i32'),
        target: context.scope.local('i32'),
        left: context.scope.local('v128'),
        right: context.scope.local('v128'),
      }));
      const ofRows = (count: number) => tileProduct(context, tile.slice(0, count), finish, add);
      if (context.module.fused) return loopAddresses(rows, rowsEnd, TILE_ROWS * ENTRY, ofRows(TILE_ROWS));
      const [most, rest] = SMALL_TILES;
      const next = i32.load(rows, most * ENTRY + 4);
      const last = i32.load(rows, most * ENTRY - 4);
      return sequence(
        loopAddresses(
          rows,
          i32.sub(rowsEnd, rest * ENTRY),
          most * ENTRY,
          // What is left is the last row again, which must not be added twice.
          sequence(ofRows(most), when(i32.eq(next, last), rowsEnd.set(i32.add(rows, most * ENTRY)))),
        ),
        when(i32.ltU(rows, rowsEnd), ofRows(rest)),
      );
    },
  };
}

/** A tile of the product. */
function tileProduct(
  context: FunctionContext<Parameter>,
  tile: readonly TileRow[],
  finish: (sum: Code) => Code,
  add: boolean,
): Code {
  // All before any is stored: a row that is repeated must not be added twice.
  const addKnown = ({ target, left, right }: TileRow) =>
    sequence(left.set(f32x4.add(v128.load(target), left)), right.set(f32x4.add(v128.load(target, 16), right)));
  return sequence(
    ...tile.map((row, index) => begin(row, index, context.parameters, add)),
    addProducts(context, tile),
    ...(add ? tile.map(addKnown) : []),
    ...tile.map(({ target, left, right }) =>
      sequence(v128.store(target, finish(left.get)), v128.store(target, finish(right.get), 16)),
    ),
  );
}

function begin(
  { source, target, left, right }: TileRow,
  index: number,
  { a, rows, c, cStride, bias }: Readonly<Record<Parameter, Local>>,
  add: boolean,
): Code {
  return sequence(
    source.set(i32.add(a, i32.load(rows, index * ENTRY))),
    target.set(i32.add(c, i32.mul(i32.load(rows, index * ENTRY + 4), cStride))),
    left.set(add ? v128.splat(0) : v128.load(bias)),
    right.set(add ? v128.splat(0) : v128.load(bias, 16)),
  );
}

/** Adds the products of all steps to the sums of some rows. */
export function addProducts(
  { parameters, scope, module }: FunctionContext<'steps' | 'stepsEnd' | 'b'>,
  tile: readonly Pick<TileRow, 'source' | 'left' | 'right'>[],
): Code {
  const { steps, stepsEnd, b } = parameters;
  const [left, right, x] = [scope.local('v128'), scope.local('v128'), scope.local('v128')];
  const [step, aStep, bRow] = [scope.local('i32'), scope.local('i32'), scope.local('i32')];
  const madd = multiplyAdd(module);
  const body = sequence(
    aStep.set(i32.load(step)),
    bRow.set(i32.add(b, i32.load(step, 4))),
    left.set(v128.load(bRow)),
    right.set(v128.load(bRow, 16)),
    ...tile.map((row) =>
      sequence(
        x.set(v128.loadSplat(i32.add(row.source, aStep))),
        row.left.set(madd(x, left, row.left)),
        row.right.set(madd(x, right, row.right)),
      ),
    ),
  );
  return sequence(step.set(steps), loopAddresses(step, stepsEnd, ENTRY, body));
}

/** `a * b + sum`, in one instruction where there is one. */
export function multiplyAdd({ fused }: ModuleWriter): (a: Operand, b: Operand, sum: Operand) => Code {
  return fused ? f32x4.relaxedMadd : (a, b, sum) => f32x4.add(f32x4.mul(a, b), sum);
}
