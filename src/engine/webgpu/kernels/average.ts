import type { OperationOf } from '../../step/operation.ts';
import type { Dispatch, Uniforms } from '../dispatch.ts';
import { perValue } from './shader.ts';

/** The average of a weight over the steps, which begins with the weight after the first one: [count] */
export function average({ inputs, outputs, attributes }: OperationOf<'average'>): readonly Dispatch[] {
  const { count, keep } = attributes;
  const uniforms: Uniforms = {
    fields: { rest: 'f32' },
    valuesAt: ({ step }) => ({ rest: step === 0 ? 1 : 1 - keep }),
  };
  const body = `let moved = average[i] + call.rest * (weight[i] - average[i]);
  average[i] = select(moved, weight[i], call.rest == 1.0);`;
  const reads = { weight: inputs.weight };
  return [{ name: 'average', reads, writes: { average: outputs.average }, uniforms, ...perValue(count, body) }];
}
