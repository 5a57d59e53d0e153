import { bulk, f32, f32x4, i32, type Local, loop, sequence, v128, when } from '../code.ts';
import { kernel } from '../kernel.ts';
import { forEachWindow, pixelsBytes, WINDOW } from './windows.ts';

/**
 * The largest value of each window, channel by channel. A chunk is an image.
 * x: [batch, height, width, channels] -> y: [batch, outHeight, outWidth, channels]
 */
export const MAX_POOL = kernel('maxPool', { fields: ['x', 'y', ...WINDOW] }, (context) => {
  const { fields, chunk, scope } = context;
  const { x, y, channels } = fields;
  const [best, value, unknown, single] = [
    scope.local('v128'),
    scope.local('v128'),
    scope.local('v128'),
    scope.local('f32'),
  ];
  const [imageBytes, outBytes] = [pixelsBytes(fields, 'height', 'width'), pixelsBytes(fields, 'outHeight', 'outWidth')];
  return sequence(
    x.increase(i32.mul(chunk, imageBytes)),
    y.increase(i32.mul(chunk, outBytes)),
    forEachWindow(context, x, ({ channel, at, eachPixel }) =>
      sequence(
        channel.set(0),
        loop(
          channel,
          i32.sub(channels, 3),
          4,
          sequence(
            best.set(v128.splat(Number.NEGATIVE_INFINITY)),
            unknown.set(v128.splat(0)),
            eachPixel(
              sequence(
                value.set(v128.load(at)),
                best.set(f32x4.pmax(best, value)),
                unknown.set(v128.or(unknown, f32x4.ne(value, value))),
              ),
            ),
            // All bits are not a number either.
            v128.store(y, v128.or(best, unknown)),
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
 * Passes the gradient of each window to the first of its largest values, row by row, as TensorFlow does. A chunk is an
 * image.
 *
 * dy, y: [batch, outHeight, outWidth, channels], x, dx: [batch, height, width, channels]
 */
export const MAX_POOL_GRADIENT = kernel('maxPoolGradient', { fields: ['x', 'y', 'dy', 'dx', ...WINDOW] }, (context) => {
  const { fields, chunk, scope } = context;
  const { x, y, dy, dx, channels, height, width, outHeight, outWidth, size, strides } = fields;
  const [largest, gradient, open, chosen] = [
    scope.local('v128'),
    scope.local('v128'),
    scope.local('v128'),
    scope.local('v128'),
  ];
  const [shift, place, waiting, isCut] = [
    scope.local('i32'),
    scope.local('i32'),
    scope.local('i32'),
    scope.local('i32'),
  ];
  /** All bits where a pixel keeps what it has been given, none where what stands there is from before. */
  const kept = scope.local('v128');
  const isWhole = (windows: Local, extent: Local) => i32.eq(i32.mul(windows, size), extent);
  const [imageBytes, outBytes] = [pixelsBytes(fields, 'height', 'width'), pixelsBytes(fields, 'outHeight', 'outWidth')];
  const advance = (bytes: number) => sequence(y.increase(bytes), dy.increase(bytes));
  return sequence(
    x.increase(i32.mul(chunk, imageBytes)),
    dx.increase(i32.mul(chunk, imageBytes)),
    y.increase(i32.mul(chunk, outBytes)),
    dy.increase(i32.mul(chunk, outBytes)),
    shift.set(i32.sub(dx, x)),
    // Where the windows cut the image up, each pixel is written once, and needs no zero to begin with.
    isCut.set(i32.and(isWhole(outHeight, height), isWhole(outWidth, width))),
    isCut.set(i32.and(isCut, i32.and(i32.eq(size, strides), i32.eqz(i32.and(channels, 3))))),
    kept.set(v128.splatInt(i32.sub(isCut, 1))),
    when(i32.eqz(isCut), bulk.zero(dx, imageBytes)),
    forEachWindow(context, x, ({ channel, at, eachPixel }) => {
      const handOver = sequence(
        chosen.set(v128.and(open, f32x4.eq(v128.load(at), largest))),
        open.set(v128.andNot(open, chosen)),
        place.set(i32.add(at, shift)),
        v128.store(place, f32x4.add(v128.and(v128.load(place), kept), v128.and(gradient, chosen))),
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
