import { sizeOf } from '../shape.ts';
import type { Arithmetic, LayerBase, LayerDefinition } from './definition.ts';
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

/** What the app knows of a Dropout layer: see `LayerDefinition`. */
export const dropout: LayerDefinition<DropoutSpec> = {
  title: 'Dropout',
  group: 'dropout',
  purpose:
    'Sets a random share of its inputs to zero at each training step, so that no unit can rely on another alone.',
  defaults: { kind: 'dropout', off: false, rate: 0.25 },
  fields: [RATE_FIELD],
  infer: (_spec, input) => ({ shape: input }),
  weights: () => [],
  flops: (_spec, input) => sizeOf(input),
  summary: (spec) => `${spec.rate}`,
  arithmetic: (spec) => keptShare(spec.rate),
};
