import type { Subroutine } from '../assembler.ts';
import { bulk, type Code, f32, f32x4, i32, type Local, loop, loopAddresses, sequence, v128, when } from '../code.ts';
import { kernel } from '../kernel.ts';
import { PANEL_ROW } from './pack.ts';
import { ownScratch, PLACEMENT, placeImages } from './place.ts';
import { addProducts, ENTRY, multiplyAdd } from './product.ts';

/** Pixels of a pooling window, which has two rows of two. */
const PIXELS = 4;

/** Taps whose sums fill the vector registers, together with the gradient at each pixel of a window. */
export const TAPS_AT_ONCE = 9;

const POOLED_PRODUCT_PARAMETERS = [
  ...(['a', 'rows', 'rowsEnd', 'steps', 'stepsEnd', 'b', 'y', 'winners', 'stride', 'bias', 'relu'] as const),
] as const;

/**
 * Eight filters of a convolution at all pixels of a pooling window, and the largest value of each: see PRODUCT. `rows` has the four
 * pixels of a window one after another, with the number of the window. `winners`: where to write which pixel it was, 0 to 3, the first of
 * several; 0 where nobody asks.
 */
const POOLED_PRODUCT: Subroutine<(typeof POOLED_PRODUCT_PARAMETERS)[number]> = {
  name: 'pooledProduct',
  parameters: POOLED_PRODUCT_PARAMETERS,
  write: (context) => {
    const { parameters, scope } = context;
    const { a, rows, rowsEnd, y, winners, stride, bias, relu } = parameters;
    const pixels = Array.from({ length: PIXELS }, () => ({
      source: scope.local('i32'),
      left: scope.local('v128'),
      right: scope.local('v128'),
    }));
    const [place, lowest, winner] = [scope.local('i32'), scope.local('v128'), scope.local('v128')];
    const begin = pixels.map(({ source, left, right }, pixel) =>
      sequence(
        source.set(i32.add(a, i32.load(rows, pixel * ENTRY))),
        left.set(v128.load(bias)),
        right.set(v128.load(bias, 16)),
      ),
    );
    const keep = (side: 'left' | 'right', offset: number) => {
      const [best, ...others] = pixels.map((pixel) => pixel[side]);
      if (best === undefined) return [];
      const compare = others.map((value, index) =>
        sequence(
          winner.set(v128.select(v128.splat(index + 1), winner, f32x4.lt(best, value))),
          best.set(f32x4.pmax(best, value)),
        ),
      );
      return sequence(
        winner.set(v128.splat(0)),
        ...compare,
        v128.store(i32.add(y, place), f32x4.pmax(best, lowest), offset),
        when(winners, v128.store(i32.add(winners, place), winner, offset)),
      );
    };
    return sequence(
      lowest.set(v128.splat(f32.select(f32.const(0), f32.const(Number.NEGATIVE_INFINITY), relu))),
      loopAddresses(
        rows,
        rowsEnd,
        PIXELS * ENTRY,
        sequence(
          place.set(i32.mul(i32.load(rows, 4), stride)),
          ...begin,
          addProducts(context, pixels),
          keep('left', 0),
          keep('right', 16),
        ),
      ),
    );
  },
};

/**
 * A convolution and the largest value of each window of 2x2 of its outputs, which are not written down. A chunk is an image.
 *
 * x: [batch, ...] of `imageBytes` each -> y, winners: [batch, windows, filters] of `outputBytes` each
 */
export const POOLED_CONVOLUTION = kernel(
  'pooledConvolution',
  {
    fields: [
      ...([
        'x',
        'imageBytes',
        ...PLACEMENT,
        'rows',
        'rowsEnd',
        'steps',
        'stepsEnd',
        'b',
        'panels',
        'panelBytes',
      ] as const),
      ...(['y', 'winners', 'outputBytes', 'filters', 'bias', 'relu', 'scratch', 'scratchBytes'] as const),
    ],
  },
  (context) => {
    const { fields, chunk, scope, module } = context;
    const { rows, rowsEnd, steps, stepsEnd, b, panels, panelBytes, y, winners, outputBytes, filters, bias, relu } =
      fields;
    const pooledProduct = module.use(POOLED_PRODUCT);
    const [panel, a, stride, isAsked] = [
      scope.local('i32'),
      scope.local('i32'),
      scope.local('i32'),
      scope.local('i32'),
    ];
    return sequence(
      ownScratch(context),
      stride.set(i32.shl(filters, 2)),
      isAsked.set(i32.ne(winners, 0)),
      y.increase(i32.mul(chunk, outputBytes)),
      winners.increase(i32.mul(isAsked, i32.mul(chunk, outputBytes))),
      placeImages(context, a, chunk),
      loop(
        panel,
        panels,
        1,
        sequence(
          pooledProduct({ a, rows, rowsEnd, steps, stepsEnd, b, y, winners, stride, bias, relu }),
          b.increase(panelBytes),
          y.increase(PANEL_ROW),
          winners.increase(i32.mul(isAsked, PANEL_ROW)),
          bias.increase(PANEL_ROW),
        ),
      ),
    );
  },
);

/**
 * The gradient of such a convolution with respect to its kernel: each window's gradient times the inputs that its largest value saw. A chunk is
 * a group of `perGroup` images, which adds up into a partial sum of its own, `partialBytes` apart: [taps * channels, filters].
 *
 * `taps` runs over taps and channels, TAPS_AT_ONCE of them at a time: pairs of an offset and a number, the last repeated where there are
 * fewer. `windows` runs over the pooling windows: pairs of the offset of the first pixel and of the gradient. The second pixel of a window is
 * `across` behind the first, the third `down`.
 */
export const POOLED_FILTER_GRADIENT = kernel(
  'pooledFilterGradient',
  {
    fields: [
      ...(['x', 'imageBytes', ...PLACEMENT, 'taps', 'tapsEnd', 'windows', 'windowsEnd', 'across', 'down'] as const),
      ...(['dy', 'winners', 'outputBytes', 'filters', 'batch', 'perGroup'] as const),
      ...(['partial', 'partialBytes', 'scratch', 'scratchBytes'] as const),
    ],
  },
  (context) => {
    const { fields, chunk, scope, module } = context;
    const { taps, tapsEnd, windows, windowsEnd, across, down, dy, winners, outputBytes, filters } = fields;
    const { batch, perGroup, partial, partialBytes } = fields;
    const int = () => scope.local('i32');
    const vector = () => scope.local('v128');
    const [image, lastImage, a, tap, column, columns, window, gradients, shift, to] = [
      ...[int(), int(), int(), int(), int(), int(), int(), int(), int(), int()],
    ] as const;
    const [gradient, winner, pixel] = [vector(), vector(), int()];
    const shares = Array.from({ length: PIXELS }, () => vector());
    const sums = Array.from({ length: TAPS_AT_ONCE }, () => ({ source: int(), sum: vector() }));
    const madd = multiplyAdd(module);
    const addPixel = (share: Local) =>
      sums.map(({ source, sum }) => sum.set(madd(v128.loadSplat(i32.add(source, pixel)), share, sum)));
    const addWindow = sequence(
      to.set(i32.add(gradients, i32.load(window, 4))),
      gradient.set(v128.load(to)),
      winner.set(v128.load(i32.add(to, shift))),
      ...shares.map((share, index) => share.set(v128.and(gradient, f32x4.eq(winner, v128.splat(index))))),
      pixel.set(i32.load(window)),
      ...shares.flatMap((share, index) => [...(index === 0 ? [] : [step(index)]), ...addPixel(share)]),
    );
    function step(index: number): Code {
      return pixel.increase(index === 2 ? i32.sub(down, across) : across);
    }
    const targetOf = (index: number) =>
      i32.add(i32.add(partial, column), i32.mul(i32.load(tap, index * ENTRY + 4), columns));
    // All before any is stored: a tap that is repeated must not be added twice.
    const addKnown = sums.map(({ sum }, index) => sum.set(f32x4.add(v128.load(targetOf(index)), sum)));
    const keep = sums.map(({ sum }, index) => v128.store(targetOf(index), sum));
    const addTaps = sequence(
      ...sums.map(({ source }, index) => source.set(i32.add(a, i32.load(tap, index * ENTRY)))),
      column.set(0),
      gradients.set(i32.add(dy, i32.mul(image, outputBytes))),
      loop(
        column,
        columns,
        16,
        sequence(
          ...sums.map(({ sum }) => sum.set(v128.splat(0))),
          window.set(windows),
          loopAddresses(window, windowsEnd, ENTRY, addWindow),
          ...addKnown,
          ...keep,
          gradients.increase(16),
        ),
      ),
    );
    return sequence(
      ownScratch(context),
      columns.set(i32.shl(filters, 2)),
      shift.set(i32.sub(winners, dy)),
      partial.increase(i32.mul(chunk, partialBytes)),
      bulk.zero(partial, partialBytes),
      image.set(i32.mul(chunk, perGroup)),
      lastImage.set(i32.add(image, perGroup)),
      when(i32.gt(lastImage, batch), lastImage.set(batch)),
      loop(
        image,
        lastImage,
        1,
        sequence(
          placeImages(context, a, image),
          tap.set(taps),
          loopAddresses(tap, tapsEnd, TAPS_AT_ONCE * ENTRY, addTaps),
        ),
      ),
    );
  },
);
