import type { FunctionContext, Subroutine } from '../assembler.ts';
import { type Code, f32x4, i32, type Local, loop, loopAddresses, sequence, v128 } from '../code.ts';
import { kernel } from '../kernel.ts';
import { eachImageOfGroup, ownScratch, PLACEMENT, placeImages } from './place.ts';
import { PIXELS } from './pooled-convolution.ts';
import { ENTRY, multiplyAdd } from './product.ts';

/** Taps whose sums fill the vector registers, together with the gradient at each pixel of a window. */
export const TAPS_AT_ONCE = 9;

const PARAMETERS = [
  ...(['a', 'tap', 'windows', 'windowsEnd', 'across', 'down', 'gradients', 'shift', 'columns', 'partial'] as const),
] as const;

type Context = FunctionContext<(typeof PARAMETERS)[number]>;

/** A tap: the address that it reads in the window before the first, and its sum. */
interface Tap {
  readonly source: Local;
  readonly sum: Local;
}

/**
 * Adds to the sums of TAPS_AT_ONCE taps, from table entry `tap` on, what one image gives, four filters at a time. `gradients`: those of the
 * image's windows, with the argmax `shift` bytes behind.
 */
const POOLED_TAPS: Subroutine<(typeof PARAMETERS)[number]> = {
  name: 'pooledTaps',
  parameters: PARAMETERS,
  write: (context) => {
    const { parameters, scope } = context;
    const { a, tap, windows, windowsEnd, gradients, columns, partial } = parameters;
    const [column, window] = [scope.local('i32'), scope.local('i32')];
    const taps = Array.from({ length: TAPS_AT_ONCE }, () => ({
      source: scope.local('i32'),
      sum: scope.local('v128'),
    }));
    const targetOf = (index: number) =>
      i32.add(i32.add(partial, column), i32.mul(i32.load(tap, index * ENTRY + 4), columns));
    return sequence(
      ...taps.map(({ source }, index) => source.set(i32.add(a, i32.load(tap, index * ENTRY)))),
      column.set(0),
      loop(
        column,
        columns,
        16,
        sequence(
          ...taps.map(({ sum }) => sum.set(v128.splat(0))),
          window.set(windows),
          loopAddresses(window, windowsEnd, ENTRY, addWindow(context, window, taps)),
          // All before any is stored: a tap that is repeated must not be added twice.
          ...taps.map(({ sum }, index) => sum.set(f32x4.add(v128.load(targetOf(index)), sum))),
          ...taps.map(({ sum }, index) => v128.store(targetOf(index), sum)),
          gradients.increase(16),
        ),
      ),
    );
  },
};

/** Adds what the pixel of a window's largest value saw, times the gradient of the window: of the others the gradient is masked. */
function addWindow({ parameters, scope, module }: Context, window: Local, taps: readonly Tap[]): Code {
  const { gradients, shift, across, down } = parameters;
  const [at, pixel] = [scope.local('i32'), scope.local('i32')];
  const [gradient, argmax] = [scope.local('v128'), scope.local('v128')];
  const masked = Array.from({ length: PIXELS }, () => scope.local('v128'));
  const madd = multiplyAdd(module);
  const toNext = [across, i32.sub(down, across), across];
  return sequence(
    at.set(i32.add(gradients, i32.load(window, 4))),
    gradient.set(v128.load(at)),
    argmax.set(v128.load(i32.add(at, shift))),
    ...masked.map((own, index) => own.set(v128.and(gradient, f32x4.eq(argmax, v128.splat(index))))),
    pixel.set(i32.load(window)),
    ...masked.flatMap((own, index) => [
      ...taps.map(({ source, sum }) => sum.set(madd(v128.loadSplat(i32.add(source, pixel)), own, sum))),
      ...toNext.slice(index, index + 1).map((bytes) => pixel.increase(bytes)),
    ]),
  );
}

/**
 * The gradient of a pooled convolution with respect to its kernel: each window's gradient times the inputs that its largest value saw. A chunk
 * is a group of `perGroup` images, which adds up into a partial sum of its own, `partialBytes` apart: [taps * channels, filters].
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
      ...(['dy', 'argmax', 'outputBytes', 'filters', 'batch', 'perGroup'] as const),
      ...(['partial', 'partialBytes', 'scratch', 'scratchBytes'] as const),
    ],
  },
  (context) => {
    const { fields, scope, module } = context;
    const { taps, tapsEnd, windows, windowsEnd, across, down, dy, argmax, outputBytes, filters, partial } = fields;
    const [image, a, tap, columns, shift] = [
      ...([scope.local('i32'), scope.local('i32'), scope.local('i32')] as const),
      ...([scope.local('i32'), scope.local('i32')] as const),
    ];
    const pooledTaps = module.use(POOLED_TAPS);
    const gradients = i32.add(dy, i32.mul(image, outputBytes));
    const addTaps = pooledTaps({ a, tap, windows, windowsEnd, across, down, gradients, shift, columns, partial });
    return sequence(
      ownScratch(context),
      columns.set(i32.shl(filters, 2)),
      shift.set(i32.sub(argmax, dy)),
      eachImageOfGroup(
        context,
        image,
        sequence(
          placeImages(context, a, image),
          tap.set(taps),
          loopAddresses(tap, tapsEnd, TAPS_AT_ONCE * ENTRY, addTaps),
        ),
      ),
    );
  },
);
