import { streamKey } from '../../../core/random.ts';
import { keepRule } from '../../keep-rule.ts';
import type { OperationOf } from '../../step/operation.ts';
import type { Dispatch, Uniforms } from '../dispatch.ts';
import { PCG4D } from './pcg4d.ts';
import { perValue } from './shader.ts';

/** Value i is kept where `uniformAt(key, i) >= rate`, the same bits as on every backend, since integers are compared: [count]. */
export function dropout({ inputs: { x }, outputs: { y }, attributes }: OperationOf<'dropout'>): readonly Dispatch[] {
  const { count, rate, position, adjustable } = attributes;
  const uniforms: Uniforms = {
    fields: { key0: 'u32', key1: 'u32', key2: 'u32', threshold: 'u32', kept: 'f32' },
    valuesAt: ({ seed, step, dropout: instead }) => {
      const [key0, key1, key2] = streamKey(seed, 'dropout', position, step);
      return { key0, key1, key2, ...keepRule(adjustable ? (instead ?? rate) : rate) };
    },
  };
  const body = `let random = pcg4d(vec4u(call.key0, call.key1, call.key2, i / 4u))[i % 4u];
  y[i] = select(0.0, x[i] * call.kept, (random >> 8u) >= call.threshold);`;
  return [{ name: 'dropout', reads: { x }, writes: { y }, uniforms, ...perValue(count, body, PCG4D) }];
}
