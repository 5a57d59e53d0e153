import { inputShapeOf, sampleSizeOf } from '../../../core/dataset/spec.ts';
import { largestValue } from '../../../dataset/values.ts';
import { passOf } from '../kernel.ts';
import { variationUniforms } from '../kernels/augmented-pixel.ts';
import { gather, gatherAugmented } from '../kernels/gather.ts';
import { extentOf, layoutOf } from '../layout.ts';
import type { Arena } from './arena.ts';
import type { Draw, StepCall } from './draw.ts';
import type { PlanOptions } from './plan-options.ts';
import type { Value } from './stage.ts';

/**
 * The draws that read the batch from the texture of all samples: images as such, or in a row if only Flatten layers read them.
 */
export function sourceDraws(
  arena: Arena,
  options: PlanOptions,
): { readonly draws: readonly Draw[]; readonly value: Value } {
  const { layers, samples: stored, order, batch, training } = options;
  const { spec } = stored;
  const readers = layers.filter(({ node }) => node.inputs.includes(-1));
  const flat = readers.every(({ node }) => node.spec.kind === 'flatten');
  const layout = layoutOf(batch, flat ? [sampleSizeOf(spec)] : inputShapeOf(spec));
  const texture = arena.texture('samples', extentOf(layout));
  const inputs = { samples: stored.values, order: order.texture };
  const value = { layout, texture, activation: 'linear' } as const;
  const largest = largestValue(spec.samples);
  const plain = {
    pass: passOf(gather(layout, stored.layout, largest), inputs, [texture]),
    uniforms: ({ place }: StepCall) => ({ place }),
    when: ({ variation }: StepCall) => variation === null,
  };
  if (!training || spec.samples.kind !== 'image') return { draws: [plain], value };
  const augmented = {
    pass: passOf(gatherAugmented(layout, stored.layout, largest, spec.samples), inputs, [texture]),
    uniforms: ({ place, variation }: StepCall) => ({ place, ...(variation && variationUniforms(variation)) }),
    when: ({ variation }: StepCall) => variation !== null,
    late: true,
  };
  return { draws: [plain, augmented], value };
}
