import { streamKey } from '../../../core/random.ts';
import { keepRule } from '../../keep-rule.ts';
import type { OperationOf } from '../../step/operation.ts';
import type { Dispatch, Uniforms } from '../dispatch.ts';
import { PCG4D } from './pcg4d.ts';
import { perValue } from './shader.ts';

/** Value i is kept where `uniformAt(key, i) >= rate`, the same bits as on every backend, since integers are compared: [count]. */
export function dropout({ inputs: { x }, outputs: { y }, attributes }: OperationOf<'dropout'>): readonly Dispatch[] {
  const { count } = attributes;
  return [{ name: 'dropout', reads: { x }, writes: { y }, ...dropped(count, 'i', attributes) }];
}

/** Whole channels: that of image n is kept as value `n * channels + channel` would be. x, y: [batch, height, width, channels] */
export function dropChannels(operation: OperationOf<'dropChannels'>): readonly Dispatch[] {
  const { inputs, outputs, attributes } = operation;
  const { batch, height, width, channels } = attributes.images;
  const number = `i / ${height * width * channels}u * ${channels}u + i % ${channels}u`;
  const rule = { ...attributes, adjustable: true };
  return [
    {
      name: 'drop channels',
      reads: inputs,
      writes: outputs,
      ...dropped(batch * height * width * channels, number, rule),
    },
  ];
}

/** A shader that keeps value i of x where the value with the given number would be kept. */
function dropped(
  count: number,
  number: string,
  { rate, position, adjustable }: { readonly rate: number; readonly position: number; readonly adjustable: boolean },
): Pick<Dispatch, 'code' | 'workgroups' | 'uniforms'> {
  const uniforms: Uniforms = {
    fields: { key0: 'u32', key1: 'u32', key2: 'u32', threshold: 'u32', kept: 'f32' },
    valuesAt: ({ seed, step, dropout: instead }) => {
      const [key0, key1, key2] = streamKey(seed, 'dropout', position, step);
      return { key0, key1, key2, ...keepRule(adjustable ? (instead ?? rate) : rate) };
    },
  };
  const body = `let number = ${number};
  let random = pcg4d(vec4u(call.key0, call.key1, call.key2, number / 4u))[number % 4u];
  y[i] = select(0.0, x[i] * call.kept, (random >> 8u) >= call.threshold);`;
  return { uniforms, ...perValue(count, body, PCG4D) };
}
