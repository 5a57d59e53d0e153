import { type DatasetSpec, sampleBytesOf } from '../../core/dataset/spec.ts';
import { bytesOf } from '../step/buffer.ts';
import type { Step } from '../step/step.ts';
import type { Dispatch } from './dispatch.ts';
import { dispatchesOf } from './kernels/registry.ts';

/** The step as shaders for so many training samples; null where one would see a buffer larger than `mostBytes`. */
export function dispatchesWithin(
  mostBytes: number,
  { operations }: Step,
  { dataset, samples }: { readonly dataset: DatasetSpec; readonly samples: number },
): readonly Dispatch[] | null {
  if (samples * sampleBytesOf(dataset) > mostBytes) return null;
  const dispatches = operations.flatMap((operation) => dispatchesOf(operation, dataset));
  const buffers = dispatches.flatMap(({ reads, writes }) => [...Object.values(reads), ...Object.values(writes)]);
  return buffers.some((buffer) => bytesOf(buffer) > mostBytes) ? null : dispatches;
}
