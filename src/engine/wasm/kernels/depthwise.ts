import { type Code, f32, f32x4, i32, type Local, loop, loopAddresses, sequence, v128 } from '../code.ts';
import { kernel } from '../kernel.ts';
import { eachImageOfGroup, ownScratch, PLACEMENT, placeImages } from './place.ts';
import { ENTRY } from './product.ts';

/**
 * Slides a window that has its own filter for each channel. A chunk is an image. `rows` gives the place of the window
 * at each stop, `steps` the place of each tap in the image and in the filters, like PRODUCT's tables.
 *
 * x: [batch, ..., channels], w: [taps, channels] -> y: [batch, stops, channels]
 */
export const DEPTHWISE = kernel(
  'depthwise',
  {
    fields: [
      ...(['x', 'imageBytes', ...PLACEMENT, 'rows', 'rowCount', 'steps', 'stepsEnd'] as const),
      ...(['w', 'y', 'channels', 'scratch', 'scratchBytes'] as const),
    ],
  },
  (context) => {
    const { fields, chunk, scope } = context;
    const { rows, rowCount, steps, stepsEnd, w, y, channels } = fields;
    const int = () => scope.local('i32');
    const [a, stop, step, channel, source, value, weight] = [int(), int(), int(), int(), int(), int(), int()];
    const [sum, single] = [scope.local('v128'), scope.local('f32')];
    const eachTap = (add: Code) =>
      sequence(
        step.set(steps),
        loopAddresses(
          step,
          stepsEnd,
          ENTRY,
          sequence(
            value.set(i32.add(source, i32.load(step))),
            weight.set(i32.add(i32.add(w, i32.load(step, 4)), i32.shl(channel, 2))),
            add,
          ),
        ),
      );
    const advance = (bytes: number) => sequence(source.increase(bytes), y.increase(bytes));
    return sequence(
      ownScratch(context),
      y.increase(i32.mul(chunk, i32.mul(rowCount, i32.shl(channels, 2)))),
      placeImages(context, a, chunk),
      loop(
        stop,
        rowCount,
        1,
        sequence(
          source.set(i32.add(a, i32.load(i32.add(rows, i32.mul(stop, ENTRY))))),
          channel.set(0),
          loop(
            channel,
            i32.sub(channels, 3),
            4,
            sequence(
              sum.set(v128.splat(0)),
              eachTap(sum.set(f32x4.add(sum, f32x4.mul(v128.load(value), v128.load(weight))))),
              v128.store(y, sum),
              advance(16),
            ),
          ),
          loop(
            channel,
            channels,
            1,
            sequence(
              single.set(f32.const(0)),
              eachTap(single.set(f32.add(single, f32.mul(f32.load(value), f32.load(weight))))),
              f32.store(y, single),
              advance(4),
            ),
          ),
        ),
      ),
    );
  },
);

/**
 * The gradient of a depthwise convolution with respect to its filters. A chunk is a group of `perGroup` images and adds
 * up into a partial sum of its own: [taps, vectors of four channels], what lies behind the last channel is undefined.
 * `rows` runs over the taps, `steps` over the stops.
 */
export const DEPTHWISE_FILTER_GRADIENT = kernel(
  'depthwiseFilterGradient',
  {
    fields: [
      ...(['x', 'imageBytes', ...PLACEMENT, 'rows', 'rowCount', 'steps', 'stepsEnd', 'dy', 'dyBytes'] as const),
      ...(['vectors', 'batch', 'perGroup', 'partial', 'partialBytes'] as const),
      ...(['scratch', 'scratchBytes'] as const),
    ],
  },
  (context) => {
    const { fields, scope } = context;
    const { rows, rowCount, steps, stepsEnd, dy, dyBytes, vectors, partial } = fields;
    const int = () => scope.local('i32');
    const [a, image, tap, vector, step, source, gradient, target] = [
      ...([int(), int(), int()] as const),
      ...([int(), int(), int(), int(), int()] as const),
    ];
    const sum = scope.local('v128');
    const eachStop = sequence(
      step.set(steps),
      loopAddresses(
        step,
        stepsEnd,
        ENTRY,
        sum.set(
          f32x4.add(
            sum,
            f32x4.mul(v128.load(i32.add(source, i32.load(step))), v128.load(i32.add(gradient, i32.load(step, 4)))),
          ),
        ),
      ),
    );
    const eachVector = sequence(
      sum.set(v128.load(target)),
      eachStop,
      v128.store(target, sum),
      ...[source, gradient, target].map((local: Local) => local.increase(16)),
    );
    const eachTap = sequence(
      source.set(i32.add(a, i32.load(i32.add(rows, i32.mul(tap, ENTRY))))),
      gradient.set(i32.add(dy, i32.mul(image, dyBytes))),
      vector.set(0),
      loop(vector, vectors, 1, eachVector),
    );
    return sequence(
      ownScratch(context),
      eachImageOfGroup(
        context,
        image,
        sequence(placeImages(context, a, image), target.set(partial), tap.set(0), loop(tap, rowCount, 1, eachTap)),
      ),
    );
  },
);
