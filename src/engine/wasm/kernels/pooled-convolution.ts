import type { Subroutine } from '../assembler.ts';
import { f32, f32x4, i32, loop, loopAddresses, sequence, v128, when } from '../code.ts';
import { kernel } from '../kernel.ts';
import { PANEL_ROW } from './pack.ts';
import { ownScratch, PLACEMENT, placeImages } from './place.ts';
import { addProducts, ENTRY } from './product.ts';

/** Pixels of a pooling window, which has two rows of two. */
export const PIXELS = 4;

const POOLED_PRODUCT_PARAMETERS = [
  ...(['a', 'rows', 'rowsEnd', 'steps', 'stepsEnd', 'b', 'y', 'argmax', 'stride', 'bias', 'relu'] as const),
] as const;

/**
 * Eight filters of a convolution at all pixels of a pooling window, and the largest value of each: see PRODUCT. `rows` has the four
 * pixels of a window one after another, with the number of the window. `argmax`: where to write which pixel it was, 0 to 3, the first of
 * several; 0 where nobody asks.
 */
const POOLED_PRODUCT: Subroutine<(typeof POOLED_PRODUCT_PARAMETERS)[number]> = {
  name: 'pooledProduct',
  parameters: POOLED_PRODUCT_PARAMETERS,
  write: (context) => {
    const { parameters, scope } = context;
    const { a, rows, rowsEnd, y, argmax, stride, bias, relu } = parameters;
    const pixels = Array.from({ length: PIXELS }, () => ({
      source: scope.local('i32'),
      left: scope.local('v128'),
      right: scope.local('v128'),
    }));
    const [place, lowest, position] = [scope.local('i32'), scope.local('v128'), scope.local('v128')];
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
          position.set(v128.select(v128.splat(index + 1), position, f32x4.lt(best, value))),
          best.set(f32x4.pmax(best, value)),
        ),
      );
      return sequence(
        position.set(v128.splat(0)),
        ...compare,
        v128.store(i32.add(y, place), f32x4.pmax(best, lowest), offset),
        when(argmax, v128.store(i32.add(argmax, place), position, offset)),
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
 * x: [batch, ...] of `imageBytes` each -> y, argmax: [batch, windows, filters] of `outputBytes` each
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
      ...(['y', 'argmax', 'outputBytes', 'filters', 'bias', 'relu', 'scratch', 'scratchBytes'] as const),
    ],
  },
  (context) => {
    const { fields, chunk, scope, module } = context;
    const { rows, rowsEnd, steps, stepsEnd, b, panels, panelBytes, y, argmax, outputBytes, filters, bias, relu } =
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
      isAsked.set(i32.ne(argmax, 0)),
      y.increase(i32.mul(chunk, outputBytes)),
      argmax.increase(i32.mul(isAsked, i32.mul(chunk, outputBytes))),
      placeImages(context, a, chunk),
      loop(
        panel,
        panels,
        1,
        sequence(
          pooledProduct({ a, rows, rowsEnd, steps, stepsEnd, b, y, argmax, stride, bias, relu }),
          b.increase(panelBytes),
          y.increase(PANEL_ROW),
          argmax.increase(i32.mul(isAsked, PANEL_ROW)),
          bias.increase(PANEL_ROW),
        ),
      ),
    );
  },
);
