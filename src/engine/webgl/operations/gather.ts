import { at as itemAt } from '../../../core/at.ts';
import { inputShapeOf, sampleSizeOf } from '../../../core/dataset/spec.ts';
import type { Buffer } from '../../step/buffer.ts';
import type { DrawCall } from '../draw.ts';
import { variationUniforms } from '../kernels/augmented-pixel.ts';
import { gatherAugmented, gather as gatherKernel } from '../kernels/gather.ts';
import { packedGray } from '../kernels/gray.ts';
import { isSingleChannel } from '../kernels/single-channel-gradient.ts';
import { layoutOf } from '../layout.ts';
import type { Lowering } from '../lowering.ts';
import type { Lower } from './lower.ts';

/**
 * One draw, augmented or not: it reads the batch from the texture of all samples, as images, or as rows of numbers if only dense layers read
 * them.
 */
export const gather: Lower<'gather'> = ({ outputs }, at, { others }) => {
  const { dataset } = at;
  const stored = { layout: at.stored, values: dataset.samples };
  const [augment] = others;
  const result = augment?.name === 'augment' ? augment.outputs.y : outputs.samples;
  const batch = itemAt(result.shape, 0);
  const flat = readAsRows(at, result, batch);
  const images = layoutOf(batch, inputShapeOf(dataset));
  const layout = flat
    ? layoutOf(batch, [sampleSizeOf(dataset)])
    : (readPacked(at, result) && packedGray(images)) || images;
  const texture = at.put(result, layout);
  const reads = { samples: at.outside('samples'), order: at.outside('order') };
  at.draw(gatherKernel(layout, stored), reads, [texture], {
    uniforms: ({ place }: DrawCall) => ({ place }),
    when: ({ variation }: DrawCall) => variation === null,
  });
  if (augment === undefined || dataset.samples.kind !== 'image') return;
  at.draw(gatherAugmented(layout, stored, dataset.samples), reads, [texture], {
    uniforms: ({ place, variation }: DrawCall) => ({ place, ...(variation && variationUniforms(variation)) }),
    when: ({ variation }: DrawCall) => variation !== null,
    late: true,
  });
};

/** Whether all that read a value take it as rows of numbers, or lead to nothing but such. */
function readAsRows(at: Lowering, value: Buffer, rows: number): boolean {
  const readers = at.uses.readersOf(value);
  const indifferent = readers.every((reader) => {
    if (reader.name === 'dense' || reader.name === 'denseKernelGradient') return reader.attributes.rows === rows;
    return (reader.name === 'dropout' || reader.name === 'activate') && readAsRows(at, reader.outputs.y, rows);
  });
  return readers.length > 0 && indifferent;
}

/** Whether all that read gray images take four pixels in a texel. */
function readPacked(at: Lowering, value: Buffer): boolean {
  const readers = at.uses.readersOf(value);
  const takes = readers.every((reader) => {
    if (reader.name !== 'conv2d' && reader.name !== 'conv2dKernelGradient') return false;
    return isSingleChannel({ inputs: 1, taps: reader.attributes.sliding.window.size ** 2 });
  });
  return readers.length > 0 && takes;
}
