import { sizeOf } from '../shape.ts';
import type { Arithmetic, Idleness, LayerBase, LayerDefinition } from './definition.ts';
import { RATE_FIELD } from './fields.ts';

/** Random zeros while training (Srivastava et al., JMLR 2014); kept values are divided by `1 - rate`, as in Keras. */
export interface DropoutSpec extends LayerBase {
  readonly kind: 'dropout';
  readonly rate: number;
}

/** What a kind of dropout keeps, and what that is multiplied by. */
export function keptShare(rate: number): Arithmetic {
  const kept = Number((1 - rate).toFixed(4));
  return { output: [`keeps ${Number((100 * kept).toFixed(2))} %, scaled by 1/${kept}`], parameters: null };
}

/** A kind of dropout changes nothing where its rate is 0. */
export function idleRate(rate: number): Idleness | null {
  if (rate > 0) return null;
  return { reason: 'at rate 0 no value is dropped', repair: { label: 'Use 0.25', set: { rate: 0.25 } } };
}

/** What the app knows of a Dropout layer: see `LayerDefinition`. */
export const dropout: LayerDefinition<DropoutSpec> = {
  title: 'Dropout',
  group: 'dropout',
  purpose:
    'Sets a random share of its inputs to zero at each training step, so that no unit can rely on another alone.',
  traits: {
    inputs: 'above',
    keepsValues: true,
    linear: true,
    weights: 'none',
    normalizes: 'nothing',
    drops: true,
    readsSequences: false,
    cutsPatches: false,
    attends: false,
  },
  defaults: { kind: 'dropout', off: false, rate: 0.25 },
  fields: [RATE_FIELD],
  infer: (_spec, input) => ({ shape: input }),
  weights: () => [],
  flops: (_spec, input) => sizeOf(input),
  savedActivations: (_spec, _input, output) => sizeOf(output),
  idleness: (spec) => idleRate(spec.rate),
  summary: (spec) => `${spec.rate}`,
  arithmetic: (spec) => keptShare(spec.rate),
};
