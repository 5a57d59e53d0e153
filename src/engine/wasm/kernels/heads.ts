import { bulk, type Code, f32x4, i32, type Local, loop, type Operand, sequence, v128 } from '../code.ts';
import { type KernelContext, kernel } from '../kernel.ts';

/**
 * Products within each head of attention. Rows [samples * places, heads * size] hold the numbers of a head side by side;
 * weights are [samples, heads, places, places]. A chunk is a sample. Each thread has `scratchBytes` of `scratch`.
 */
const FIELDS = ['places', 'heads', 'size', 'rowBytes', 'scratch', 'scratchBytes'] as const;

type HeadContext<Field extends string> = KernelContext<Field | (typeof FIELDS)[number], 'scale'>;

/** Moves rows and weights to the chunk's sample, and `scratch` to the thread's own. */
function toSample<Field extends string>(
  { fields, chunk, thread }: HeadContext<Field>,
  rows: readonly Local[],
  weights: Local,
): Code {
  const { places, heads, rowBytes, scratch, scratchBytes } = fields;
  return sequence(
    ...rows.map((row) => row.increase(i32.mul(chunk, i32.mul(places, rowBytes)))),
    weights.increase(i32.mul(chunk, i32.mul(heads, i32.shl(i32.mul(places, places), 2)))),
    scratch.increase(i32.mul(thread, scratchBytes)),
  );
}

/** A place in memory, and the bytes from there to the next one. */
type Walk = readonly [place: Local, bytes: Operand];

/** `sum` becomes the sum, over `count` steps, of the number at the first place times the four numbers at the second. */
function addProducts(
  { sum, step, count }: Readonly<Record<'sum' | 'step' | 'count', Local>>,
  [single, singleBytes]: Walk,
  [four, fourBytes]: Walk,
): Code {
  const add = sequence(
    sum.set(f32x4.add(sum, f32x4.mul(v128.loadSplat(single), v128.load(four)))),
    single.increase(singleBytes),
    four.increase(fourBytes),
  );
  return sequence(sum.set(v128.splat(0)), step.set(0), loop(step, count, 1, add));
}

/** Bytes of scratch for each thread: the numbers of a head by their columns, and one row of weights or of numbers. */
export function headScratchBytes(places: number, size: number): number {
  const [wide, long] = [Math.ceil(places / 4) * 16, Math.ceil(size / 4) * 16];
  return Math.ceil((size * wide + wide + long) / 64) * 64 + 64;
}

/** weights[i][j] = scale * sum over s of a[i][s] * b[j][s], for each head. */
export const HEAD_PRODUCTS = kernel(
  'headProducts',
  { fields: ['a', 'b', 'weights', ...FIELDS], floats: ['scale'] },
  (context) => {
    const { fields, floats, scope } = context;
    const { a, b, weights, places, heads, size, rowBytes, scratch } = fields;
    const [head, row, column, step] = [0, 1, 2, 3].map(() => scope.local('i32'));
    const [wide, line, at, from] = [0, 1, 2, 3].map(() => scope.local('i32'));
    const [sum, factor] = [scope.local('v128'), scope.local('v128')];
    if (!(head && row && column && step && wide && line && at && from)) return [];
    const turn = sequence(
      at.set(scratch),
      step.set(0),
      loop(
        step,
        size,
        1,
        sequence(
          bulk.zero(i32.sub(i32.add(at, wide), 16), 16),
          from.set(i32.add(b, i32.shl(step, 2))),
          column.set(0),
          loop(column, places, 1, sequence(i32.store(at, i32.load(from)), at.increase(4), from.increase(rowBytes))),
          at.increase(i32.sub(wide, i32.shl(places, 2))),
        ),
      ),
      line.set(at),
    );
    const products = sequence(
      at.set(i32.add(scratch, column)),
      from.set(a),
      addProducts({ sum, step, count: size }, [from, 4], [at, wide]),
      v128.store(i32.add(line, column), f32x4.mul(sum, factor)),
    );
    return sequence(
      toSample(context, [a, b], weights),
      factor.set(v128.splat(floats.scale)),
      wide.set(i32.shl(i32.shrU(i32.add(places, 3), 2), 4)),
      loop(
        head,
        heads,
        1,
        sequence(
          turn,
          row.set(0),
          loop(
            row,
            places,
            1,
            sequence(
              column.set(0),
              loop(column, wide, 16, products),
              bulk.copy(weights, line, i32.shl(places, 2)),
              weights.increase(i32.shl(places, 2)),
              a.increase(rowBytes),
            ),
          ),
          a.increase(i32.sub(i32.shl(size, 2), i32.mul(places, rowBytes))),
          b.increase(i32.shl(size, 2)),
        ),
      ),
    );
  },
);

/**
 * y[i][s] = scale * sum over j of weights[i][j] * x[j][s], for each head. `across` and `along`: bytes from i to i + 1 and
 * from j to j + 1, which are exchanged for transposed weights.
 */
export const HEAD_MIXTURES = kernel(
  'headMixtures',
  { fields: ['weights', 'x', 'y', 'across', 'along', ...FIELDS], floats: ['scale'] },
  (context) => {
    const { fields, floats, scope } = context;
    const { weights, x, y, across, along, places, heads, size, rowBytes, scratch } = fields;
    const [head, row, column, step] = [0, 1, 2, 3].map(() => scope.local('i32'));
    const [at, from, target, share] = [0, 1, 2, 3].map(() => scope.local('i32'));
    const [sum, factor] = [scope.local('v128'), scope.local('v128')];
    if (!(head && row && column && step && at && from && target && share)) return [];
    const mixture = sequence(
      from.set(i32.add(x, column)),
      at.set(share),
      addProducts({ sum, step, count: places }, [at, along], [from, rowBytes]),
      v128.store(i32.add(scratch, column), f32x4.mul(sum, factor)),
    );
    return sequence(
      toSample(context, [x, y], weights),
      factor.set(v128.splat(floats.scale)),
      loop(
        head,
        heads,
        1,
        sequence(
          share.set(weights),
          target.set(y),
          row.set(0),
          loop(
            row,
            places,
            1,
            sequence(
              column.set(0),
              loop(column, i32.shl(size, 2), 16, mixture),
              bulk.copy(target, scratch, i32.shl(size, 2)),
              target.increase(rowBytes),
              share.increase(across),
            ),
          ),
          weights.increase(i32.shl(i32.mul(places, places), 2)),
          x.increase(i32.shl(size, 2)),
          y.increase(i32.shl(size, 2)),
        ),
      ),
    );
  },
);
