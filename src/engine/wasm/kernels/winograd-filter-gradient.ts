import { bulk, type Code, i32, type Local, loop, sequence, when } from '../code.ts';
import { kernel } from '../kernel.ts';
import { PANEL_ROW } from './pack.ts';
import { ENTRY, PRODUCT_ADD } from './product.ts';
import { INPUT_PLANE, OUTPUT_GRADIENT_PLANE } from './winograd-planes.ts';
import { openScratch, POINTS, TILES, type TilesContext, tileWriter } from './winograd-tiles.ts';

/**
 * The gradient of a convolution in tiles with respect to the transformed kernel: at each of the 36 points, the product of the transformed
 * inputs with the transformed gradient of the outputs (y). A chunk is a group of `perGroup` images and adds up into a partial sum of
 * its own, `partialBytes` apart: [36, channels, filters].
 *
 * `rows` runs over channels, `steps` over tiles.
 */
export const WINOGRAD_FILTER_GRADIENT = kernel(
  'winogradFilterGradient',
  { fields: [...TILES, 'rowsEnd', 'batch', 'perGroup', 'partial', 'partialBytes', 'pointBytes'] },
  (context) => {
    const { fields, chunk, scope, module } = context;
    const { tilesPerImage, tilesAtOnce, values, valuesStride, products, productsStride, pixelBytes, outPixelBytes } =
      fields;
    const { batch, perGroup, partial, partialBytes, scratch } = fields;
    const [input, gradient] = [module.use(INPUT_PLANE), module.use(OUTPUT_GRADIENT_PLANE)];
    const [first, last, end] = [scope.local('i32'), scope.local('i32'), scope.local('i32')];
    const eachTile = tileWriter(context);
    const plane = { source: scratch, sourceStride: 0, bias: 0, relu: 0 };
    const inputs = { ...plane, targetStride: valuesStride, bytes: pixelBytes };
    const gradients = { ...plane, targetStride: productsStride, bytes: outPixelBytes };
    const addTiles = sequence(
      last.set(i32.add(first, tilesAtOnce)),
      when(i32.gt(last, end), last.set(end)),
      eachTile(first, last, 'input', (index) =>
        input({ ...inputs, target: i32.add(values, i32.mul(index, pixelBytes)) }),
      ),
      eachTile(first, last, 'output', (index) =>
        gradient({ ...gradients, target: i32.add(products, i32.mul(index, outPixelBytes)) }),
      ),
      addProducts(context, i32.sub(last, first)),
    );
    return sequence(
      openScratch(context),
      partial.increase(i32.mul(chunk, partialBytes)),
      bulk.zero(partial, partialBytes),
      first.set(i32.mul(chunk, perGroup)),
      end.set(i32.add(first, perGroup)),
      when(i32.gt(end, batch), end.set(batch)),
      first.set(i32.mul(first, tilesPerImage)),
      end.set(i32.mul(end, tilesPerImage)),
      loop(first, end, tilesAtOnce, addTiles),
    );
  },
);

type GradientContext = TilesContext<'rowsEnd' | 'partial' | 'pointBytes'>;

/** Adds the products of `tiles` tiles to the sums of each point. */
function addProducts({ fields, scope, module }: GradientContext, tiles: Code): Code {
  const { values, valuesStride, products, productsStride, outPixelBytes } = fields;
  const { rows, rowsEnd, steps, panels, partial, pointBytes } = fields;
  const product = module.use(PRODUCT_ADD);
  const [stepsEnd, point, panel] = [scope.local('i32'), scope.local('i32'), scope.local('i32')];
  const [a, b, c] = [scope.local('i32'), scope.local('i32'), scope.local('i32')];
  const inPanel = (start: Local) => i32.add(start, i32.mul(panel, PANEL_ROW));
  const matrices = { a, b: inPanel(b), c: inPanel(c), cStride: outPixelBytes };
  const multiplyPoint = sequence(
    panel.set(0),
    loop(panel, panels, 1, product({ ...matrices, rows, rowsEnd, steps, stepsEnd, bias: 0 })),
    a.increase(valuesStride),
    b.increase(productsStride),
    c.increase(pointBytes),
  );
  return sequence(
    stepsEnd.set(i32.add(steps, i32.mul(tiles, ENTRY))),
    ...[a.set(values), b.set(products), c.set(partial), point.set(0)],
    loop(point, POINTS, 1, multiplyPoint),
  );
}
