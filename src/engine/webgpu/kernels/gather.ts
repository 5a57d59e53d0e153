import { type DatasetSpec, sampleSizeOf } from '../../../core/dataset/spec.ts';
import { lengthOf } from '../../step/buffer.ts';
import type { OperationOf } from '../../step/operation.ts';
import type { Dispatch } from '../dispatch.ts';
import { float, perValue } from './shader.ts';

/** Stored values of the batch's samples, divided by the scale: [batch, ...]. Labels and weights are written from outside. */
export function gather({ outputs }: OperationOf<'gather'>, dataset: DatasetSpec): readonly Dispatch[] {
  const { storage, scale } = dataset.samples;
  const size = sampleSizeOf(dataset);
  const stored =
    storage === 'uint8' ? 'f32((stored[place / 4u] >> (8u * (place % 4u))) & 255u)' : 'bitcast<f32>(stored[place])';
  const body = `let place = indices[i / ${size}u] * ${size}u + i % ${size}u;
  samples[i] = ${stored}${scale === 1 ? '' : ` / ${float(scale)}`};`;
  return [
    {
      name: 'gather',
      reads: {},
      writes: { samples: outputs.samples },
      outside: ['stored', 'indices'],
      ...perValue(lengthOf(outputs.samples), body),
    },
  ];
}
