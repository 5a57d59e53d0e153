import { at } from '../../../core/at.ts';
import { type Code, f32, f32x4, i32, type Local, loop, sequence, v128, when } from '../code.ts';
import { type KernelContext, kernel } from '../kernel.ts';

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
  const { x } = context.fields;
  return sumEachChannel(context, [x], [], (offset, vector) => {
    const sum = vector();
    return { begin: [], add: sum.set(f32x4.add(sum, v128.load(x, offset))), sums: [sum] };
  });
});

/** Sums over the rows of each chunk of `(x - mean)^2`. mean: [channels] */
export const CHANNEL_SQUARES = kernel(
  'channelSquares',
  { fields: ['x', 'mean', 'partial', 'vectors', ...ROWS] },
  (context) => {
    const { x, mean } = context.fields;
    return sumEachChannel(context, [x], [mean], (offset, vector) => {
      const [centre, deviation, sum] = [vector(), vector(), vector()];
      const add = sequence(
        deviation.set(f32x4.sub(v128.load(x, offset), centre)),
        sum.set(f32x4.add(sum, f32x4.mul(deviation, deviation))),
      );
      return { begin: centre.set(v128.load(mean, offset)), add, sums: [sum] };
    });
  },
);

/** Sums over the rows of each chunk of `dy` and, in the next vectors, of `dy * (x - mean)`. */
export const CHANNEL_PRODUCTS = kernel(
  'channelProducts',
  { fields: ['x', 'dy', 'mean', 'partial', 'vectors', ...ROWS] },
  (context) => {
    const { x, dy, mean } = context.fields;
    return sumEachChannel(context, [x, dy], [mean], (offset, vector) => {
      const [centre, gradient, sum, products] = [vector(), vector(), vector(), vector()];
      const add = sequence(
        gradient.set(v128.load(dy, offset)),
        sum.set(f32x4.add(sum, gradient)),
        products.set(f32x4.add(products, f32x4.mul(gradient, f32x4.sub(v128.load(x, offset), centre)))),
      );
      return { begin: centre.set(v128.load(mean, offset)), add, sums: [sum, products] };
    });
  },
);

/** How a vector of channels is summed. */
interface Summing {
  /** Code before the rows. */
  readonly begin: Code;
  /** Code for each row. */
  readonly add: Code;
  readonly sums: readonly Local[];
}

/** Sums that are made at once: an addition need not wait for the one before, and registers suffice. */
const SUMS_AT_ONCE = 4;

/**
 * Goes through the chunk's rows of `matrices` for some vectors of channels at a time; the sums go to `partial`, one after another by `vectors`.
 * `lists` have a value for each channel. `write`: sums the vector that is `offset` bytes behind the first.
 */
function sumEachChannel(
  context: RowsContext<'partial' | 'vectors'>,
  matrices: readonly Local[],
  lists: readonly Local[],
  write: (offset: number, vector: () => Local) => Summing,
): Code {
  const { fields, chunk, scope } = context;
  const { partial, vectors, rows, channels } = fields;
  const [vector, row, stride] = [scope.local('i32'), scope.local('i32'), scope.local('i32')];
  const starts = matrices.map((matrix) => ({ matrix, start: scope.local('i32') }));
  const all = Array.from({ length: SUMS_AT_ONCE }, (_, i) => write(16 * i, () => scope.local('v128')));
  const sumsEach = at(all, 0).sums.length;
  const atOnce = SUMS_AT_ONCE / sumsEach;
  const sumVectors = (count: number) => {
    const summed = all.slice(0, count);
    return sequence(
      ...summed.flatMap(({ begin, sums }) => [begin, ...sums.map((sum) => sum.set(v128.splat(0)))]),
      row.set(0),
      loop(
        row,
        rows,
        1,
        sequence(...summed.map(({ add }) => add), ...matrices.map((matrix) => matrix.increase(stride))),
      ),
      ...summed.flatMap(({ sums }, i) =>
        sums.map((sum, list) => v128.store(i32.add(partial, i32.mul(i32.shl(vectors, 4), list)), sum, 16 * i)),
      ),
      ...[partial, ...lists].map((place) => place.increase(16 * count)),
      ...starts.map(({ matrix, start }) => sequence(start.increase(16 * count), matrix.set(start))),
    );
  };
  return sequence(
    takeRows(context, matrices),
    stride.set(i32.shl(channels, 2)),
    partial.increase(i32.mul(chunk, i32.mul(i32.shl(vectors, 4), sumsEach))),
    ...starts.map(({ matrix, start }) => start.set(matrix)),
    loop(vector, i32.sub(vectors, atOnce - 1), atOnce, sumVectors(atOnce)),
    loop(vector, vectors, 1, sumVectors(1)),
  );
}

/** y = factor (x - centre) + offset, channel by channel. x, y: [rows, channels], the others: [channels] */
export const CHANNEL_AFFINE = kernel(
  'channelAffine',
  { fields: ['x', 'y', 'centre', 'factor', 'offset', ...ROWS] },
  (context) => {
    const { x, y, centre, factor, offset } = context.fields;
    const scaled = (at: number) => f32x4.mul(f32x4.sub(v128.load(x, at), v128.load(centre, at)), v128.load(factor, at));
    const one = f32.mul(f32.sub(f32.load(x), f32.load(centre)), f32.load(factor));
    return sequence(
      takeRows(context, [x, y]),
      forEachValue(context, {
        along: [x, y],
        across: [centre, factor, offset],
        four: (at) => v128.store(y, f32x4.add(scaled(at), v128.load(offset, at)), at),
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
      four: (at) => v128.store(y, f32x4.add(v128.load(x, at), v128.load(values, at)), at),
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
    const both = (at: number) =>
      f32x4.add(
        f32x4.mul(v128.load(dy, at), v128.load(byGradient, at)),
        f32x4.mul(f32x4.sub(v128.load(x, at), v128.load(centre, at)), v128.load(byValue, at)),
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
        four: (at) => v128.store(dx, f32x4.add(both(at), v128.load(offset, at)), at),
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
  /** Four values, so many bytes behind the addresses. */
  readonly four: (offset: number) => Code;
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
        loop(channel, i32.sub(channels, 15), 16, sequence(...[0, 16, 32, 48].map(four), advance(64))),
        loop(channel, i32.sub(channels, 3), 4, sequence(four(0), advance(16))),
        loop(channel, channels, 1, sequence(one, advance(4))),
        ...across.map((local) => local.set(i32.sub(local, width))),
      ),
    ),
  );
}
