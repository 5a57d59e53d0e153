import { bulk, i32, loop, loopAddresses, sequence, when } from '../code.ts';
import { kernel } from '../kernel.ts';
import { LONG_PRODUCT } from './long-product.ts';
import { PANEL_ROW } from './pack.ts';
import { ownScratch, PLACEMENT, placeImages } from './place.ts';
import { PRODUCT_ADD, TILE_COLUMNS } from './product.ts';
import { COPY_COLUMNS } from './rows.ts';

/**
 * Slides a window over images: the product of the pixels that it covers, given by PRODUCT's tables, with a packed
 * kernel. A chunk is `imagesAtOnce` images, which `rows` runs over. Each thread has `scratchBytes` of `scratch`, for the placed images and, behind them at
 * `tail`, for the last filters where there is not a multiple of eight.
 *
 * x: [batch, ...] of `imageBytes` each -> y: [batch, outputs, filters]
 */
export const CONVOLUTION = kernel(
  'convolution',
  {
    fields: [
      ...(['x', 'imageBytes', 'imagesAtOnce', ...PLACEMENT, 'rows', 'rowsEnd', 'rowCount'] as const),
      ...(['steps', 'stepsEnd'] as const),
      ...(['b', 'panels', 'panelBytes', 'y', 'filters', 'bias', 'relu', 'scratch', 'scratchBytes', 'tail'] as const),
    ],
  },
  (context) => {
    const { fields, chunk, scope, module } = context;
    const { rows, rowsEnd, rowCount, steps, stepsEnd, b, panels, panelBytes, y, filters } = fields;
    const { imagesAtOnce, bias, relu, scratch, tail } = fields;
    const [longProduct, copyColumns] = [module.use(LONG_PRODUCT), module.use(COPY_COLUMNS)];
    const [panel, a, stride] = [scope.local('i32'), scope.local('i32'), scope.local('i32')];
    const product = (c: typeof y, cStride: typeof stride | number) =>
      longProduct({ a, rows, rowsEnd, steps, stepsEnd, b, c, cStride, bias, relu });
    const live = i32.sub(filters, i32.mul(panel, TILE_COLUMNS));
    const lastColumns = sequence(
      product(tail, PANEL_ROW),
      copyColumns({ source: tail, target: y, rows: rowCount, targetStride: stride, bytes: i32.shl(live, 2) }),
    );
    return sequence(
      ownScratch(context),
      stride.set(i32.shl(filters, 2)),
      y.increase(i32.mul(chunk, i32.mul(rowCount, stride))),
      placeImages(context, a, i32.mul(chunk, imagesAtOnce), imagesAtOnce),
      tail.increase(scratch),
      loop(
        panel,
        panels,
        1,
        sequence(
          when(i32.lt(live, TILE_COLUMNS), lastColumns, product(y, stride)),
          b.increase(panelBytes),
          y.increase(PANEL_ROW),
          bias.increase(PANEL_ROW),
        ),
      ),
    );
  },
);

/**
 * The gradient of a convolution with respect to its kernel: at each tap, the product of the inputs that the window
 * covered there with the gradient of the outputs. A group of `perGroup` images adds up into a partial sum of its own,
 * `partialBytes` apart: [taps * channels, columns], `columns` in panels. A chunk is one of `bands` bands of `perBand` panels of a
 * group's sum.
 *
 * `rows` runs over taps and channels, `steps` over the outputs of `imagesAtOnce` images, in blocks of `blockBytes` that stay in the cache.
 */
export const CONVOLUTION_FILTER_GRADIENT = kernel(
  'convolutionFilterGradient',
  {
    fields: [
      ...(['x', 'imageBytes', 'imagesAtOnce', ...PLACEMENT, 'rows', 'rowsEnd'] as const),
      ...(['steps', 'stepsEnd', 'blockBytes'] as const),
      ...(['dy', 'outputs', 'filters', 'panels', 'bands', 'perBand', 'batch', 'perGroup'] as const),
      ...(['partial', 'partialBytes', 'scratch', 'scratchBytes'] as const),
    ],
  },
  (context) => {
    const { fields, chunk, scope, module } = context;
    const { rows, rowsEnd, steps, stepsEnd, blockBytes, dy, outputs, filters, panels } = fields;
    const { bands, perBand, batch, perGroup, imagesAtOnce, partial, partialBytes } = fields;
    const productAdd = module.use(PRODUCT_ADD);
    const local = () => scope.local('i32');
    const [image, lastImage, a, block, blockEnd, panel] = [local(), local(), local(), local(), local(), local()];
    const [b, cStride, group, firstPanel, lastPanel, row] = [local(), local(), local(), local(), local(), local()];
    const c = i32.add(partial, i32.mul(panel, PANEL_ROW));
    const values = { a, rows, rowsEnd, steps: block, stepsEnd: blockEnd, c, cStride, bias: 0 };
    const products = sequence(
      blockEnd.set(i32.add(block, blockBytes)),
      when(i32.gtU(blockEnd, stepsEnd), blockEnd.set(stepsEnd)),
      panel.set(firstPanel),
      loop(panel, lastPanel, 1, productAdd({ ...values, b: i32.add(b, i32.mul(panel, PANEL_ROW)) })),
    );
    return sequence(
      ownScratch(context),
      cStride.set(i32.mul(panels, PANEL_ROW)),
      group.set(i32.div(chunk, bands)),
      firstPanel.set(i32.mul(i32.rem(chunk, bands), perBand)),
      lastPanel.set(i32.add(firstPanel, perBand)),
      when(i32.gt(lastPanel, panels), lastPanel.set(panels)),
      partial.increase(i32.mul(group, partialBytes)),
      row.set(i32.mul(firstPanel, PANEL_ROW)),
      loop(
        row,
        partialBytes,
        cStride,
        bulk.zero(i32.add(partial, row), i32.mul(i32.sub(lastPanel, firstPanel), PANEL_ROW)),
      ),
      image.set(i32.mul(group, perGroup)),
      lastImage.set(i32.add(image, perGroup)),
      when(i32.gt(lastImage, batch), lastImage.set(batch)),
      loop(
        image,
        lastImage,
        imagesAtOnce,
        sequence(
          placeImages(context, a, image, imagesAtOnce),
          b.set(i32.add(dy, i32.mul(image, i32.mul(outputs, i32.shl(filters, 2))))),
          block.set(steps),
          loopAddresses(block, stepsEnd, blockBytes, products),
        ),
      ),
    );
  },
);
