import { bulk, type Code, f32, f32x4, i32, type Local, loop, sequence, v128, when } from '../../wasm/code.ts';
import { type KernelContext, kernel } from '../../wasm/kernel.ts';

const WINDOW = [
  ...(['height', 'width', 'channels', 'outHeight', 'outWidth'] as const),
  ...(['size', 'strides', 'padTop', 'padLeft'] as const),
] as const;

type WindowField = (typeof WINDOW)[number];

/**
 * The largest value of each window, channel by channel. A chunk is an image.
 * x: [batch, height, width, channels] -> y: [batch, outHeight, outWidth, channels]
 */
export const MAX_POOL = kernel('maxPool', { fields: ['x', 'y', ...WINDOW] }, (context) => {
  const { fields, chunk, scope } = context;
  const { x, y, channels } = fields;
  const [best, single] = [scope.local('v128'), scope.local('f32')];
  const [imageBytes, outBytes] = [pixelsBytes(fields, 'height', 'width'), pixelsBytes(fields, 'outHeight', 'outWidth')];
  return sequence(
    x.increase(i32.mul(chunk, imageBytes)),
    y.increase(i32.mul(chunk, outBytes)),
    forEachWindow(context, ({ channel, at, eachPixel }) =>
      sequence(
        channel.set(0),
        loop(
          channel,
          i32.sub(channels, 3),
          4,
          sequence(
            best.set(v128.splat(Number.NEGATIVE_INFINITY)),
            eachPixel(best.set(f32x4.max(best, v128.load(at)))),
            v128.store(y, best),
            y.increase(16),
          ),
        ),
        loop(
          channel,
          channels,
          1,
          sequence(
            single.set(f32.const(Number.NEGATIVE_INFINITY)),
            eachPixel(single.set(f32.max(single, f32.load(at)))),
            f32.store(y, single),
            y.increase(4),
          ),
        ),
      ),
    ),
  );
});

/**
 * Hands the gradient of each window to the first of its largest values, row by row, as TensorFlow does. A chunk is an
 * image.
 *
 * dy, y: [batch, outHeight, outWidth, channels], x, dx: [batch, height, width, channels]
 */
export const MAX_POOL_GRADIENT = kernel('maxPoolGradient', { fields: ['x', 'y', 'dy', 'dx', ...WINDOW] }, (context) => {
  const { fields, chunk, scope } = context;
  const { x, y, dy, dx, channels } = fields;
  const [largest, gradient, open, chosen] = [
    scope.local('v128'),
    scope.local('v128'),
    scope.local('v128'),
    scope.local('v128'),
  ];
  const [shift, place, waiting] = [scope.local('i32'), scope.local('i32'), scope.local('i32')];
  const [imageBytes, outBytes] = [pixelsBytes(fields, 'height', 'width'), pixelsBytes(fields, 'outHeight', 'outWidth')];
  const advance = (bytes: number) => sequence(y.increase(bytes), dy.increase(bytes));
  return sequence(
    x.increase(i32.mul(chunk, imageBytes)),
    dx.increase(i32.mul(chunk, imageBytes)),
    y.increase(i32.mul(chunk, outBytes)),
    dy.increase(i32.mul(chunk, outBytes)),
    shift.set(i32.sub(dx, x)),
    bulk.zero(dx, imageBytes),
    forEachWindow(context, ({ channel, at, eachPixel }) => {
      const handOver = sequence(
        chosen.set(v128.and(open, f32x4.eq(v128.load(at), largest))),
        open.set(v128.andNot(open, chosen)),
        place.set(i32.add(at, shift)),
        v128.store(place, f32x4.add(v128.load(place), v128.and(gradient, chosen))),
      );
      const handOverOne = when(
        i32.and(waiting, f32.eq(f32.load(at), f32.load(y))),
        sequence(
          waiting.set(0),
          place.set(i32.add(at, shift)),
          f32.store(place, f32.add(f32.load(place), f32.load(dy))),
        ),
      );
      return sequence(
        channel.set(0),
        loop(
          channel,
          i32.sub(channels, 3),
          4,
          sequence(
            largest.set(v128.load(y)),
            gradient.set(v128.load(dy)),
            open.set(v128.splatInt(-1)),
            eachPixel(handOver),
            advance(16),
          ),
        ),
        loop(channel, channels, 1, sequence(waiting.set(1), eachPixel(handOverOne), advance(4))),
      );
    }),
  );
});

interface AtWindow {
  readonly channel: Local;
  /** The address of the channel in the pixel that `eachPixel` has come to. */
  readonly at: Local;
  /** Runs code for each pixel of the window that lies inside the image, row by row. */
  eachPixel(code: Code): Code;
}

type PoolContext = KernelContext<WindowField | 'x', never>;

/** Runs code for each window of an image, row by row. */
function forEachWindow({ fields, scope }: PoolContext, write: (window: AtWindow) => Code): Code {
  const { x, height, width, channels, outHeight, outWidth, size, strides, padTop, padLeft } = fields;
  const int = () => scope.local('i32');
  const [outY, outX, channel, at] = [int(), int(), int(), int()];
  const [top, bottom, left, right] = [int(), int(), int(), int()];
  const [row, column] = [int(), int()];
  const eachPixel = (code: Code) =>
    sequence(
      row.set(top),
      loop(
        row,
        bottom,
        1,
        sequence(
          at.set(i32.add(x, i32.shl(i32.add(i32.mul(i32.add(i32.mul(row, width), left), channels), channel), 2))),
          column.set(left),
          loop(column, right, 1, sequence(code, at.increase(i32.shl(channels, 2)))),
        ),
      ),
    );
  const range = (from: Local, to: Local, out: Local, pad: Local, extent: Local) =>
    sequence(
      from.set(i32.sub(i32.mul(out, strides), pad)),
      to.set(i32.add(from, size)),
      when(i32.lt(from, 0), from.set(0)),
      when(i32.gt(to, extent), to.set(extent)),
    );
  const windows = sequence(range(left, right, outX, padLeft, width), write({ channel, at, eachPixel }));
  const rows = sequence(range(top, bottom, outY, padTop, height), outX.set(0), loop(outX, outWidth, 1, windows));
  return sequence(outY.set(0), loop(outY, outHeight, 1, rows));
}

function pixelsBytes(fields: Readonly<Record<WindowField, Local>>, height: WindowField, width: WindowField): Code {
  return i32.mul(i32.mul(fields[height], fields[width]), i32.shl(fields.channels, 2));
}
