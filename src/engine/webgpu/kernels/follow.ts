import type { OperationOf } from '../../step/operation.ts';
import type { Dispatch } from '../dispatch.ts';
import { float, perValue } from './shader.ts';

/** moving = momentum moving + (1 - momentum) batch: [channels] */
export function follow({ inputs, outputs, attributes }: OperationOf<'follow'>): readonly Dispatch[] {
  const { channels, momentum } = attributes;
  const body = `moving[i] += (batch[i] - moving[i]) * ${float(1 - momentum)};`;
  const reads = { batch: inputs.batch };
  return [{ name: 'follow', reads, writes: { moving: outputs.moving }, ...perValue(channels, body) }];
}
