import { bulk, type Code, f32x4, i32, type Local, loop, loopAddresses, sequence, v128, when } from '../code.ts';
import { kernel } from '../kernel.ts';
import { PANEL_ROW } from './pack.ts';
import { ownScratch } from './place.ts';
import { PRODUCT_ADD } from './product.ts';
import { listOf } from './winograd-lists.ts';
import { inputPlane, outputGradientPlane } from './winograd-planes.ts';
import { openTable, TABLE, tileWriter } from './winograd-tiles.ts';

/**
 * Transforms what the gradient of a convolution with respect to the kernel is made of, for tiles `firstTile` to `tiles` - 1: the inputs (x) to
 * `values` [36, tiles, channels], the gradient of the outputs (y) to `gradients` [36, panels, tiles, 8]. A chunk is
 * `tilesAtOnce` tiles.
 */
export const WINOGRAD_TRANSFORMS = kernel(
  'winogradTransforms',
  {
    fields: [
      ...TABLE,
      ...(['firstTile', 'tiles', 'values', 'valuesStride', 'gradients', 'gradientsStride', 'panelStride'] as const),
    ],
  },
  (context) => {
    const { fields, chunk, scope, module } = context;
    const { firstTile, tiles, tilesAtOnce, values, valuesStride, gradients, gradientsStride, panelStride } = fields;
    const { pixelBytes, outPixelBytes, scratch } = fields;
    const [first, last] = [scope.local('i32'), scope.local('i32')];
    const eachTile = tileWriter(context);
    const plane = { source: scratch, sourceStride: 0, bias: 0, relu: 0 };
    const inPart = (index: Code) => i32.add(i32.sub(first, firstTile), index);
    return sequence(
      openTable(context),
      first.set(i32.add(firstTile, i32.mul(chunk, tilesAtOnce))),
      last.set(i32.add(first, tilesAtOnce)),
      when(i32.gt(last, tiles), last.set(tiles)),
      eachTile(first, last, 'input', ({ index, byExtents }) =>
        byExtents((height, width) =>
          module.use(inputPlane(height, width))({
            ...{ ...plane, targetStride: valuesStride, bytes: pixelBytes, panelStride: PANEL_ROW },
            target: i32.add(values, i32.mul(inPart(index), pixelBytes)),
          }),
        ),
      ),
      eachTile(first, last, 'output', ({ index, byExtents }) =>
        byExtents((height, width) =>
          module.use(outputGradientPlane(height, width))({
            ...{ ...plane, targetStride: gradientsStride, bytes: outPixelBytes, panelStride },
            target: i32.add(gradients, i32.mul(inPart(index), PANEL_ROW)),
          }),
        ),
      ),
    );
  },
);

const STEPS = ['steps0', 'steps1', 'steps2', 'steps3'] as const;

/**
 * The gradient with respect to the transformed kernel, `sum` [36, channels, filters]: at each point the product of the transformed inputs with the
 * transformed gradients, put together in `scratch` and added to what is there unless `begins` is 1. A chunk is a point. `rows` runs over channels, `steps` over
 * the tiles that have the point, in blocks of `blockBytes` that stay in the cache: four tables `stepsStride` apart, for the lists of
 * `winograd-lists.ts`, of `steps0` to `steps3` bytes.
 */
export const WINOGRAD_GRADIENT_PRODUCTS = kernel(
  'winogradGradientProducts',
  {
    fields: [
      ...(['values', 'valuesStride', 'gradients', 'gradientsStride', 'panelStride', 'panels'] as const),
      ...(['short', 'rows', 'rowsEnd', 'steps', 'stepsStride', ...STEPS, 'blockBytes'] as const),
      ...(['sum', 'pointBytes', 'rowBytes', 'begins', 'scratch', 'scratchBytes'] as const),
    ],
  },
  (context) => {
    const { fields, chunk, scope, module } = context;
    const { values, valuesStride, gradients, gradientsStride, panelStride, panels } = fields;
    const { short, rows, rowsEnd, steps, stepsStride, blockBytes, sum, pointBytes, rowBytes } = fields;
    const { begins, scratch } = fields;
    const product = module.use(PRODUCT_ADD);
    const [list, stepsEnd] = [scope.local('i32'), scope.local('i32')];
    const [blockEnd, panel] = [scope.local('i32'), scope.local('i32')];
    const at = (start: Local, stride: Local | number) => i32.add(start, i32.mul(panel, stride));
    const multiplyPanel = product({
      ...{ a: values, b: at(gradients, panelStride), c: at(scratch, PANEL_ROW), cStride: rowBytes },
      ...{ rows, rowsEnd, steps, stepsEnd: blockEnd, bias: 0 },
    });
    return sequence(
      values.increase(i32.mul(chunk, valuesStride)),
      gradients.increase(i32.mul(chunk, gradientsStride)),
      sum.increase(i32.mul(chunk, pointBytes)),
      ownScratch(context),
      bulk.zero(scratch, pointBytes),
      list.set(listOf(chunk, short)),
      steps.increase(i32.mul(list, stepsStride)),
      ...STEPS.map((bytes, number) => when(i32.eq(list, number), stepsEnd.set(i32.add(steps, fields[bytes])))),
      loopAddresses(
        steps,
        stepsEnd,
        blockBytes,
        sequence(
          blockEnd.set(i32.add(steps, blockBytes)),
          when(i32.gtU(blockEnd, stepsEnd), blockEnd.set(stepsEnd)),
          panel.set(0),
          loop(panel, panels, 1, multiplyPanel),
        ),
      ),
      when(
        begins,
        bulk.copy(sum, scratch, pointBytes),
        sequence(
          blockEnd.set(i32.add(sum, pointBytes)),
          loopAddresses(
            sum,
            blockEnd,
            16,
            sequence(v128.store(sum, f32x4.add(v128.load(sum), v128.load(scratch))), scratch.increase(16)),
          ),
        ),
      ),
    );
  },
);
