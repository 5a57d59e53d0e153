import { at } from '../../../core/at.ts';
import { bulk, type Code, f32, f32x4, i32, type Local, loop, sequence, v128, when } from '../code.ts';
import { type KernelContext, kernel } from '../kernel.ts';
import { SUM_ROWS } from './rows.ts';

/** The most rows that are summed at once: a float32 loses digits of a sum of thousands of squares. */
const MOST_ROWS = 256;

/** Rows that a chunk takes of a matrix with so many columns: at most about 64 KiB, which stay in the cache. */
export function rowsPerChunk(columns: number): number {
  return Math.min(Math.max(1, Math.floor(16_384 / columns)), MOST_ROWS);
}

/** Whole vectors that hold so many channels. */
export function vectorsFor(channels: number): number {
  return Math.ceil(channels / 4);
}

const ROWS = ['rows', 'rowsPerChunk', 'channels'] as const;

type RowsContext<Field extends string> = KernelContext<Field | (typeof ROWS)[number], never>;

/** Narrows `rows` to those of the chunk, after moving the given matrices to the first of them. */
function takeRows<Field extends string>({ fields, chunk }: RowsContext<Field>, matrices: readonly Local[]): Code {
  const { rows, rowsPerChunk: each, channels } = fields;
  const first = i32.mul(chunk, each);
  return sequence(
    ...matrices.map((matrix) => matrix.increase(i32.mul(first, i32.shl(channels, 2)))),
    rows.set(i32.sub(rows, first)),
    when(i32.gt(rows, each), rows.set(each)),
  );
}

/** Sums of each channel over the rows of each chunk: x [rows, channels] -> partial [chunks, vectors of four channels]. */
export const CHANNEL_SUMS = kernel('channelSums', { fields: ['x', 'partial', 'vectors', ...ROWS] }, (context) => {
  const { fields, chunk, module } = context;
  const { x, partial, vectors, rows, channels } = fields;
  const sumRows = module.use(SUM_ROWS);
  return sequence(
    takeRows(context, [x]),
    partial.increase(i32.mul(chunk, i32.shl(vectors, 4))),
    bulk.zero(partial, i32.shl(vectors, 4)),
    sumRows({ source: x, target: partial, rows, stride: i32.shl(channels, 2), columns: vectors }),
  );
});

/** Sums over the rows of each chunk of `(x - mean)^2`. mean: [channels] */
export const CHANNEL_SQUARES = kernel(
  'channelSquares',
  { fields: ['x', 'mean', 'partial', 'vectors', ...ROWS] },
  (context) => {
    const { fields, scope } = context;
    const { x, mean } = fields;
    const [centre, deviation, sum] = [scope.local('v128'), scope.local('v128'), scope.local('v128')];
    return sequence(
      takeRows(context, [x]),
      sumEachChannel(context, [x], {
        begin: sequence(centre.set(v128.load(mean)), mean.increase(16)),
        add: sequence(
          deviation.set(f32x4.sub(v128.load(x), centre)),
          sum.set(f32x4.add(sum, f32x4.mul(deviation, deviation))),
        ),
        sums: [sum],
      }),
    );
  },
);

/** Sums over the rows of each chunk of `dy` and, in the next vectors, of `dy * (x - mean)`. */
export const CHANNEL_PRODUCTS = kernel(
  'channelProducts',
  { fields: ['x', 'dy', 'mean', 'partial', 'vectors', ...ROWS] },
  (context) => {
    const { fields, scope } = context;
    const { x, dy, mean } = fields;
    const [centre, gradient] = [scope.local('v128'), scope.local('v128')];
    const [sum, products] = [scope.local('v128'), scope.local('v128')];
    return sequence(
      takeRows(context, [x, dy]),
      sumEachChannel(context, [x, dy], {
        begin: sequence(centre.set(v128.load(mean)), mean.increase(16)),
        add: sequence(
          gradient.set(v128.load(dy)),
          sum.set(f32x4.add(sum, gradient)),
          products.set(f32x4.add(products, f32x4.mul(gradient, f32x4.sub(v128.load(x), centre)))),
        ),
        sums: [sum, products],
      }),
    );
  },
);

interface Summing {
  /** Code before the rows of a vector of channels. */
  readonly begin: Code;
  /** Code for each row. */
  readonly add: Code;
  readonly sums: readonly Local[];
}

/** Goes through the rows once for each vector of channels; the sums go to `partial`, one after another by `vectors`. */
function sumEachChannel(
  { fields, chunk, scope }: RowsContext<'partial' | 'vectors'>,
  matrices: readonly Local[],
  { begin, add, sums }: Summing,
): Code {
  const { partial, vectors, rows, channels } = fields;
  const [vector, row, stride] = [scope.local('i32'), scope.local('i32'), scope.local('i32')];
  const starts = matrices.map(() => scope.local('i32'));
  const each = sequence(
    begin,
    ...sums.map((sum) => sum.set(v128.splat(0))),
    row.set(0),
    loop(row, rows, 1, sequence(add, ...matrices.map((matrix) => matrix.increase(stride)))),
    ...sums.map((sum, i) => v128.store(i32.add(partial, i32.mul(i32.shl(vectors, 4), i)), sum)),
    partial.increase(16),
    ...matrices.map((matrix, i) => {
      const start = starts[i];
      return start === undefined ? [] : sequence(start.increase(16), matrix.set(start));
    }),
  );
  return sequence(
    stride.set(i32.shl(channels, 2)),
    partial.increase(i32.mul(chunk, i32.mul(i32.shl(vectors, 4), sums.length))),
    ...starts.map((start, i) => start.set(at(matrices, i))),
    loop(vector, vectors, 1, each),
  );
}

/** y = factor (x - centre) + offset, channel by channel. x, y: [rows, channels], the others: [channels] */
export const CHANNEL_AFFINE = kernel(
  'channelAffine',
  { fields: ['x', 'y', 'centre', 'factor', 'offset', ...ROWS] },
  (context) => {
    const { x, y, centre, factor, offset } = context.fields;
    const four = f32x4.mul(f32x4.sub(v128.load(x), v128.load(centre)), v128.load(factor));
    const one = f32.mul(f32.sub(f32.load(x), f32.load(centre)), f32.load(factor));
    return sequence(
      takeRows(context, [x, y]),
      forEachValue(context, {
        along: [x, y],
        across: [centre, factor, offset],
        four: v128.store(y, f32x4.add(four, v128.load(offset))),
        one: f32.store(y, f32.add(one, f32.load(offset))),
      }),
    );
  },
);

/** y = x + values, the same values for each row. x, y: [rows, channels], values: [channels] */
export const ADD_TO_ROWS = kernel('addToRows', { fields: ['x', 'y', 'values', ...ROWS] }, (context) => {
  const { x, y, values } = context.fields;
  return sequence(
    takeRows(context, [x, y]),
    forEachValue(context, {
      along: [x, y],
      across: [values],
      four: v128.store(y, f32x4.add(v128.load(x), v128.load(values))),
      one: f32.store(y, f32.add(f32.load(x), f32.load(values))),
    }),
  );
});

/** dx = byGradient dy + byValue (x - centre) + offset, channel by channel: the backward pass of a normalization. */
export const CHANNEL_AFFINE_PAIR = kernel(
  'channelAffinePair',
  { fields: ['x', 'dy', 'dx', 'centre', 'byGradient', 'byValue', 'offset', ...ROWS] },
  (context) => {
    const { x, dy, dx, centre, byGradient, byValue, offset } = context.fields;
    const four = f32x4.add(
      f32x4.mul(v128.load(dy), v128.load(byGradient)),
      f32x4.mul(f32x4.sub(v128.load(x), v128.load(centre)), v128.load(byValue)),
    );
    const one = f32.add(
      f32.mul(f32.load(dy), f32.load(byGradient)),
      f32.mul(f32.sub(f32.load(x), f32.load(centre)), f32.load(byValue)),
    );
    return sequence(
      takeRows(context, [x, dy, dx]),
      forEachValue(context, {
        along: [x, dy, dx],
        across: [centre, byGradient, byValue, offset],
        four: v128.store(dx, f32x4.add(four, v128.load(offset))),
        one: f32.store(dx, f32.add(one, f32.load(offset))),
      }),
    );
  },
);

interface Visit {
  /** Matrices whose addresses advance with each value. */
  readonly along: readonly Local[];
  /** Vectors whose addresses start again in each row. */
  readonly across: readonly Local[];
  readonly four: Code;
  readonly one: Code;
}

function forEachValue({ fields, scope }: RowsContext<never>, { along, across, four, one }: Visit): Code {
  const { rows, channels } = fields;
  const [row, channel, width] = [scope.local('i32'), scope.local('i32'), scope.local('i32')];
  const advance = (bytes: number) => sequence(...[...along, ...across].map((local) => local.increase(bytes)));
  return sequence(
    width.set(i32.shl(channels, 2)),
    loop(
      row,
      rows,
      1,
      sequence(
        channel.set(0),
        loop(channel, i32.sub(channels, 3), 4, sequence(four, advance(16))),
        loop(channel, channels, 1, sequence(one, advance(4))),
        ...across.map((local) => local.set(i32.sub(local, width))),
      ),
    ),
  );
}
