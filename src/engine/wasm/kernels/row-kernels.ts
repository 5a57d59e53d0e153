import { bulk, type Code, f32, f32x4, i32, type Local, loop, sequence, v128, when } from '../code.ts';
import { type KernelContext, kernel } from '../kernel.ts';
import { exponential } from './exponential.ts';

/** Kernels that take a matrix row by row. A chunk has `each` rows. Each thread has `scratchBytes` of `scratch`. */
const FIELDS = ['rows', 'each', 'columns', 'scratch', 'scratchBytes'] as const;

type RowContext<Field extends string, Float extends string> = KernelContext<Field | (typeof FIELDS)[number], Float>;

/** Bytes of scratch for each thread: two rows. */
export function rowScratchBytes(columns: number): number {
  return 2 * Math.ceil((columns * 4 + 16) / 64) * 64;
}

/** Does `body` for each row of the chunk, with the matrices at the row. */
function forEachRow<Field extends string, Float extends string>(
  { fields, chunk, thread, scope }: RowContext<Field, Float>,
  matrices: readonly Local[],
  body: Code,
): Code {
  const { rows, each, columns, scratch, scratchBytes } = fields;
  const [row, bytes] = [scope.local('i32'), scope.local('i32')];
  const first = i32.mul(chunk, each);
  return sequence(
    bytes.set(i32.shl(columns, 2)),
    ...matrices.map((matrix) => matrix.increase(i32.mul(first, bytes))),
    rows.set(i32.sub(rows, first)),
    when(i32.gt(rows, each), rows.set(each)),
    scratch.increase(i32.mul(thread, scratchBytes)),
    loop(row, rows, 1, sequence(body, ...matrices.map((matrix) => matrix.increase(bytes)))),
  );
}

/** Goes along a row, value by value or four at a time: `at` is the bytes from its start. */
function along(at: Local, columns: Local, values: 1 | 4, body: Code): Code {
  return sequence(at.set(0), loop(at, i32.shl(columns, 2), 4 * values, body));
}

/** y = softmax of each row. */
export const ROW_SOFTMAX = kernel('rowSoftmax', { fields: ['x', 'y', ...FIELDS] }, (context) => {
  const { fields, scope } = context;
  const { x, y, columns, scratch } = fields;
  const at = scope.local('i32');
  const [most, sum] = [scope.local('f32'), scope.local('f32')];
  const here = (row: Local) => i32.add(row, at);
  return forEachRow(
    context,
    [x, y],
    sequence(
      most.set(f32.load(x)),
      along(at, columns, 1, most.set(f32.max(most, f32.load(here(x))))),
      along(
        at,
        columns,
        4,
        v128.store(here(scratch), exponential(scope, f32x4.sub(v128.load(here(x)), v128.splat(most)))),
      ),
      sum.set(f32.const(0)),
      along(at, columns, 1, sum.set(f32.add(sum, f32.load(here(scratch))))),
      along(at, columns, 4, v128.store(here(scratch), f32x4.div(v128.load(here(scratch)), v128.splat(sum)))),
      bulk.copy(y, scratch, i32.shl(columns, 2)),
    ),
  );
});

/** dx = y (dy - sum of y dy), row by row. */
export const ROW_SOFTMAX_GRADIENT = kernel(
  'rowSoftmaxGradient',
  { fields: ['y', 'dy', 'dx', ...FIELDS] },
  (context) => {
    const { fields, scope } = context;
    const { y, dy, dx, columns, scratch } = fields;
    const at = scope.local('i32');
    const sum = scope.local('f32');
    const here = (row: Local) => i32.add(row, at);
    const difference = f32x4.sub(v128.load(here(dy)), v128.splat(sum));
    return forEachRow(
      context,
      [y, dy, dx],
      sequence(
        sum.set(f32.const(0)),
        along(at, columns, 1, sum.set(f32.add(sum, f32.mul(f32.load(here(y)), f32.load(here(dy)))))),
        along(at, columns, 4, v128.store(here(scratch), f32x4.mul(v128.load(here(y)), difference))),
        bulk.copy(dx, scratch, i32.shl(columns, 2)),
      ),
    );
  },
);

/** The mean of a row and the inverse of its deviation. */
function statistics(context: RowContext<'x', 'epsilon'>, at: Local, mean: Local, inverse: Local): Code {
  const { fields, floats } = context;
  const { x, columns } = fields;
  const deviation = f32.sub(f32.load(i32.add(x, at)), mean);
  const count = f32.ofUnsigned(columns);
  return sequence(
    mean.set(f32.const(0)),
    along(at, columns, 1, mean.set(f32.add(mean, f32.load(i32.add(x, at))))),
    mean.set(f32.div(mean, count)),
    inverse.set(f32.const(0)),
    along(at, columns, 1, inverse.set(f32.add(inverse, f32.mul(deviation, deviation)))),
    inverse.set(f32.div(f32.const(1), f32.sqrt(f32.add(f32.div(inverse, count), floats.epsilon)))),
  );
}

/** y = gamma (x - mean) / deviation + beta, row by row. gamma, beta: [columns] */
export const ROW_NORMALIZATION = kernel(
  'rowNormalization',
  { fields: ['x', 'y', 'gamma', 'beta', ...FIELDS], floats: ['epsilon'] },
  (context) => {
    const { fields, scope } = context;
    const { x, y, gamma, beta, columns, scratch } = fields;
    const at = scope.local('i32');
    const [mean, inverse] = [scope.local('f32'), scope.local('f32')];
    const here = (row: Local) => v128.load(i32.add(row, at));
    const normalized = f32x4.mul(f32x4.sub(here(x), v128.splat(mean)), v128.splat(inverse));
    return forEachRow(
      context,
      [x, y],
      sequence(
        statistics(context, at, mean, inverse),
        along(
          at,
          columns,
          4,
          v128.store(i32.add(scratch, at), f32x4.add(f32x4.mul(normalized, here(gamma)), here(beta))),
        ),
        bulk.copy(y, scratch, i32.shl(columns, 2)),
      ),
    );
  },
);

/**
 * dx = (g - mean of g - n mean of g n) / deviation with g = gamma dy and n the normalised row; and `scaled` = dy n, whose
 * sums over the rows are the gradient of gamma.
 */
export const ROW_NORMALIZATION_GRADIENT = kernel(
  'rowNormalizationGradient',
  { fields: ['x', 'dy', 'dx', 'scaled', 'gamma', ...FIELDS], floats: ['epsilon'] },
  (context) => {
    const { fields, scope } = context;
    const { x, dy, dx, scaled, gamma, columns, scratch } = fields;
    const [at, second] = [scope.local('i32'), scope.local('i32')];
    const [mean, inverse, sum, product] = [0, 1, 2, 3].map(() => scope.local('f32'));
    if (!(mean && inverse && sum && product)) return [];
    const one = (row: Local) => f32.load(i32.add(row, at));
    const four = (row: Local) => v128.load(i32.add(row, at));
    const [gradient, normalized] = [scope.local('v128'), scope.local('v128')];
    const count = f32.ofUnsigned(columns);
    const single = f32.mul(one(gamma), one(dy));
    return forEachRow(
      context,
      [x, dy, dx, scaled],
      sequence(
        statistics(context, at, mean, inverse),
        second.set(i32.add(scratch, i32.shl(i32.shrU(i32.add(columns, 19), 4), 6))),
        sum.set(f32.const(0)),
        product.set(f32.const(0)),
        along(
          at,
          columns,
          1,
          sequence(
            sum.set(f32.add(sum, single)),
            product.set(f32.add(product, f32.mul(single, f32.mul(f32.sub(one(x), mean), inverse)))),
          ),
        ),
        sum.set(f32.div(sum, count)),
        product.set(f32.div(product, count)),
        along(
          at,
          columns,
          4,
          sequence(
            normalized.set(f32x4.mul(f32x4.sub(four(x), v128.splat(mean)), v128.splat(inverse))),
            gradient.set(f32x4.sub(f32x4.mul(four(gamma), four(dy)), v128.splat(sum))),
            gradient.set(f32x4.sub(gradient, f32x4.mul(normalized, v128.splat(product)))),
            v128.store(i32.add(scratch, at), f32x4.mul(gradient, v128.splat(inverse))),
            v128.store(i32.add(second, at), f32x4.mul(four(dy), normalized)),
          ),
        ),
        bulk.copy(dx, scratch, i32.shl(columns, 2)),
        bulk.copy(scaled, second, i32.shl(columns, 2)),
      ),
    );
  },
);
