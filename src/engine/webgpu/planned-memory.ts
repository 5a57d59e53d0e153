import type { DatasetSpec } from '../../core/dataset/spec.ts';
import { bytesOf } from '../step/buffer.ts';
import { lastingBuffers, type Step } from '../step/step.ts';
import { dispatchesWithin } from './dispatches-within.ts';
import type { Gpu } from './gpu.ts';
import { RING_BYTES } from './metrics-ring.ts';
import { placeBuffers } from './place-buffers.ts';
import { uniformBytes } from './program.ts';
import { sampleBuffersBytes } from './sample-buffer.ts';

/**
 * The bytes of the device that a `WebgpuExecutor` takes, without taking them; null where there is none for this step. `samples`: how
 * many are trained on.
 */
export function plannedMemory(
  { mostBytes }: Gpu,
  step: Step,
  { dataset, samples }: { readonly dataset: DatasetSpec; readonly samples: number },
): number | null {
  const dispatches = dispatchesWithin(mostBytes, step, { dataset, samples });
  if (dispatches === null) return null;
  const lasting = lastingBuffers(step).reduce((sum, buffer) => sum + bytesOf(buffer), 0);
  const blocks = placeBuffers(dispatches).bytes.reduce((sum, bytes) => sum + bytes, 0);
  const stored = sampleBuffersBytes(dataset, { samples, batch: step.batch });
  return lasting + blocks + uniformBytes(dispatches) + stored + RING_BYTES;
}
