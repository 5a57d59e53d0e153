import { INPUT_SHAPE, sizeOf } from '../../../core/network/shape.ts';
import { passOf } from '../kernel.ts';
import { gather, gatherVaried } from '../kernels/gather.ts';
import { variationUniforms } from '../kernels/varied-gray.ts';
import { extentOf, layoutOf } from '../layout.ts';
import type { Arena } from './arena.ts';
import type { Draw, StepCall } from './draw.ts';
import type { PlanOptions } from './plan-options.ts';
import type { Value } from './stage.ts';

/**
 * The draws that read the batch from the texture of all images: as images, or flat if only Flatten layers read them.
 */
export function sourceDraws(
  arena: Arena,
  options: PlanOptions,
): { readonly draws: readonly Draw[]; readonly value: Value } {
  const { outline, images, order, batch, training } = options;
  const readers = outline.filter(({ node }) => node.inputs.includes(-1));
  const flat = readers.every(({ node }) => node.spec.kind === 'flatten');
  const layout = layoutOf(batch, flat ? [sizeOf(INPUT_SHAPE)] : INPUT_SHAPE);
  const texture = arena.texture('images', extentOf(layout));
  const inputs = { pixels: images.pixels, order: order.texture };
  const value = { layout, texture, activation: 'linear' } as const;
  const plain = {
    pass: passOf(gather(layout), inputs, [texture]),
    uniforms: ({ place }: StepCall) => ({ place }),
    when: ({ variation }: StepCall) => variation === null,
  };
  if (!training) return { draws: [plain], value };
  const varied = {
    pass: passOf(gatherVaried(layout), inputs, [texture]),
    uniforms: ({ place, variation }: StepCall) => ({ place, ...(variation && variationUniforms(variation)) }),
    when: ({ variation }: StepCall) => variation !== null,
    late: true,
  };
  return { draws: [plain, varied], value };
}
