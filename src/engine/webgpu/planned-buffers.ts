import type { DatasetSpec } from '../../core/dataset/spec.ts';
import type { Allocations } from '../allocations.ts';
import { bytesOf } from '../step/buffer.ts';
import type { Step } from '../step/step.ts';
import { dispatchesWithin } from './dispatches-within.ts';
import type { Gpu } from './gpu.ts';
import { RING_BYTES } from './metrics-ring.ts';
import { placeBuffers } from './place-buffers.ts';
import { uniformBytes } from './program.ts';
import { sampleBuffersBytes } from './sample-buffer.ts';

/**
 * The buffers that a `WebgpuExecutor` makes, in bytes, without making them; null where there is none for this step. `samples`: how
 * many are trained on.
 */
export function plannedBuffers(
  { mostBytes }: Pick<Gpu, 'mostBytes'>,
  step: Step,
  { dataset, samples }: { readonly dataset: DatasetSpec; readonly samples: number },
): Allocations<number> | null {
  const dispatches = dispatchesWithin(mostBytes, step, { dataset, samples });
  if (dispatches === null) return null;
  const { stored, indices } = sampleBuffersBytes(dataset, { samples, batch: step.batch });
  return {
    weights: step.weights.map(bytesOf),
    optimizer: step.slots.flat().map(bytesOf),
    batch: placeBuffers(dispatches).bytes,
    samples: [stored, indices],
    rest: [uniformBytes(dispatches), RING_BYTES, bytesOf(step.metrics)],
  };
}
