import { type Code, i32, loop, sequence, when } from '../code.ts';
import { type KernelContext, kernel } from '../kernel.ts';
import { LONG_PRODUCT } from './long-product.ts';
import { PANEL_ROW } from './pack.ts';
import { addToLists, fillLists, listOf, openLists, takeList } from './winograd-lists.ts';
import { EMPTY_WINDOWS, FILL_EMPTY } from './winograd-pixels.ts';
import { inputPlane, KERNEL_GRADIENT_PLANE, KERNEL_PLANE, outputPlane } from './winograd-planes.ts';
import { openTable, POINTS, TABLE, tileWriter } from './winograd-tiles.ts';

/** A transform of filters, packed or not. A chunk is `bytes` of each of the places, which are as far apart as the strides. */
function filterKernel(name: string, subroutine: typeof KERNEL_PLANE) {
  return kernel(
    name,
    { fields: ['source', 'sourceStep', 'sourceStride', 'target', 'targetStep', 'targetStride', 'bytes'] },
    ({ fields, chunk, module }) => {
      const { source, sourceStep, sourceStride, target, targetStep, targetStride, bytes } = fields;
      return module.use(subroutine)({
        source: i32.add(source, i32.mul(chunk, sourceStep)),
        target: i32.add(target, i32.mul(chunk, targetStep)),
        ...{ sourceStride, targetStride, bytes, panelStride: PANEL_ROW, bias: 0, relu: 0 },
      });
    },
  );
}

/** Packed filters of [9, bytes] to [36, bytes]; a chunk is a panel. */
export const WINOGRAD_KERNEL = filterKernel('winogradKernel', KERNEL_PLANE);

/** Gradients of [36, bytes] to those of filters, [9, bytes]. */
export const WINOGRAD_KERNEL_GRADIENT = filterKernel('winogradKernelGradient', KERNEL_GRADIENT_PLANE);

/** What the products at each point read and write. */
const PRODUCTS = [
  ...(['values', 'valuesStride', 'products', 'productsStride'] as const),
  ...(['lists', 'steps', 'stepsEnd', 'u', 'panels', 'pointBytes'] as const),
] as const;

/**
 * A convolution with a window of 3x3 and stride 1 in tiles of 4x4 outputs. A chunk is `tilesAtOnce` tiles, at most MOST_TILES: their inputs are transformed to
 * [36, tiles, channels], multiplied with the transformed kernel at each of the 36 points,
 * and the products [36, tiles, filters] transformed back. u: [panels, 36, channels, 8]. `tiles`: of all images.
 */
export const WINOGRAD = kernel(
  'winograd',
  { fields: [...TABLE, ...PRODUCTS, 'empty', 'tiles', 'bias', 'relu'] },
  (context) => {
    const { fields, chunk, scope, module } = context;
    const { tiles, tilesAtOnce, values, valuesStride, products, productsStride, pixelBytes, outPixelBytes } = fields;
    const { bias, relu, empty, scratch, lists } = fields;
    const [findEmpty, fillEmpty] = [module.use(EMPTY_WINDOWS), module.use(FILL_EMPTY)];
    const [first, last] = [scope.local('i32'), scope.local('i32')];
    const eachTile = tileWriter(context);
    const plane = { panelStride: PANEL_ROW, sourceStride: productsStride, targetStride: valuesStride };
    const inputs = { ...plane, source: scratch, bytes: pixelBytes, bias: 0, relu: 0 };
    const outputs = { ...plane, target: scratch, bytes: outPixelBytes, bias, relu };
    return sequence(
      openTable(context, [empty, lists, values, products]),
      openLists(lists),
      first.set(i32.mul(chunk, tilesAtOnce)),
      last.set(i32.add(first, tilesAtOnce)),
      when(i32.gt(last, tiles), last.set(tiles)),
      eachTile(first, last, 'input', ({ index, byExtents, ...edges }) =>
        sequence(
          findEmpty({ table: scratch, bytes: pixelBytes, target: i32.add(empty, i32.shl(index, 2)) }),
          addToLists(lists, { index, bytes: pixelBytes, ...edges }),
          byExtents((height, width) =>
            module.use(inputPlane(height, width))({ ...inputs, target: i32.add(values, i32.mul(index, pixelBytes)) }),
          ),
        ),
      ),
      fillLists(lists),
      multiplyPoints(context),
      eachTile(first, last, 'output', ({ index, byExtents }) =>
        sequence(
          byExtents((height, width) =>
            module.use(outputPlane(height, width))({
              ...outputs,
              source: i32.add(products, i32.mul(index, outPixelBytes)),
            }),
          ),
          fillEmpty({ ...outputs, table: scratch, empty: i32.load(i32.add(empty, i32.shl(index, 2))) }),
        ),
      ),
    );
  },
);

type WinogradContext = KernelContext<(typeof PRODUCTS)[number] | 'outPixelBytes' | 'outside' | 'short', never>;

/** Multiplies the transformed inputs of the tiles that have a point with the kernel there, point by point. */
function multiplyPoints({ fields, scope, module }: WinogradContext): Code {
  const { values, valuesStride, products, productsStride, outPixelBytes, outside, short } = fields;
  const { lists, steps, stepsEnd, u, panels, pointBytes } = fields;
  const product = module.use(LONG_PRODUCT);
  const [rows, rowsEnd, point, panel] = [
    scope.local('i32'),
    scope.local('i32'),
    scope.local('i32'),
    scope.local('i32'),
  ];
  const [a, b, c] = [scope.local('i32'), scope.local('i32'), scope.local('i32')];
  const multiplyPanel = sequence(
    product({ a, rows, rowsEnd, steps, stepsEnd, b, c, cStride: outPixelBytes, bias: outside, relu: 0 }),
    b.increase(i32.mul(pointBytes, POINTS)),
    c.increase(PANEL_ROW),
  );
  const multiplyPoint = sequence(
    takeList(lists, listOf(point, short), { rows, rowsEnd }),
    b.set(i32.add(u, i32.mul(point, pointBytes))),
    c.set(i32.add(products, i32.mul(point, productsStride))),
    panel.set(0),
    loop(panel, panels, 1, multiplyPanel),
    a.increase(valuesStride),
  );
  return sequence(a.set(values), loop(point, POINTS, 1, multiplyPoint));
}
