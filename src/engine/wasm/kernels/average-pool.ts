import { bulk, f32, f32x4, i32, loop, sequence, v128 } from '../code.ts';
import { kernel } from '../kernel.ts';
import { forEachWindow, pixelsBytes, WINDOW } from './windows.ts';

/**
 * The mean of each window, channel by channel; what lies outside the image does not count. A chunk is an image.
 * x: [batch, height, width, channels] -> y: [batch, outHeight, outWidth, channels]
 */
export const AVERAGE_POOL = kernel('averagePool', { fields: ['x', 'y', ...WINDOW] }, (context) => {
  const { fields, chunk, scope } = context;
  const { x, y, channels } = fields;
  const [sum, single, share] = [scope.local('v128'), scope.local('f32'), scope.local('f32')];
  return sequence(
    x.increase(i32.mul(chunk, pixelsBytes(fields, 'height', 'width'))),
    y.increase(i32.mul(chunk, pixelsBytes(fields, 'outHeight', 'outWidth'))),
    forEachWindow(context, x, ({ channel, at, pixels, eachPixel }) => {
      const four = sequence(
        sum.set(v128.splat(0)),
        eachPixel(sum.set(f32x4.add(sum, v128.load(at)))),
        v128.store(y, f32x4.mul(sum, v128.splat(share))),
        y.increase(16),
      );
      const one = sequence(
        single.set(f32.const(0)),
        eachPixel(single.set(f32.add(single, f32.load(at)))),
        f32.store(y, f32.mul(single, share)),
        y.increase(4),
      );
      return sequence(
        share.set(f32.div(1, f32.ofUnsigned(pixels))),
        channel.set(0),
        loop(channel, i32.sub(channels, 3), 4, four),
        loop(channel, channels, 1, one),
      );
    }),
  );
});

/**
 * Distributes the gradient of each window equally over its pixels. A chunk is an image. dy: [batch, outHeight,
 * outWidth, channels] -> dx: [batch, height, width, channels]
 */
export const AVERAGE_POOL_GRADIENT = kernel('averagePoolGradient', { fields: ['dy', 'dx', ...WINDOW] }, (context) => {
  const { fields, chunk, scope } = context;
  const { dy, dx, channels } = fields;
  const [part, single, share] = [scope.local('v128'), scope.local('f32'), scope.local('f32')];
  const imageBytes = pixelsBytes(fields, 'height', 'width');
  return sequence(
    dx.increase(i32.mul(chunk, imageBytes)),
    dy.increase(i32.mul(chunk, pixelsBytes(fields, 'outHeight', 'outWidth'))),
    bulk.zero(dx, imageBytes),
    forEachWindow(context, dx, ({ channel, at, pixels, eachPixel }) => {
      const four = sequence(
        part.set(f32x4.mul(v128.load(dy), v128.splat(share))),
        eachPixel(v128.store(at, f32x4.add(v128.load(at), part))),
        dy.increase(16),
      );
      const one = sequence(
        single.set(f32.mul(f32.load(dy), share)),
        eachPixel(f32.store(at, f32.add(f32.load(at), single))),
        dy.increase(4),
      );
      return sequence(
        share.set(f32.div(1, f32.ofUnsigned(pixels))),
        channel.set(0),
        loop(channel, i32.sub(channels, 3), 4, four),
        loop(channel, channels, 1, one),
      );
    }),
  );
});
