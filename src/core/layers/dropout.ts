import { sizeOf } from '../shape.ts';
import type { LayerBase, LayerDefinition } from './definition.ts';

/** Random zeros while training (Srivastava et al., JMLR 2014); kept values are divided by `1 - rate`, as in Keras. */
export interface DropoutSpec extends LayerBase {
  readonly kind: 'dropout';
  readonly rate: number;
}

export const dropout: LayerDefinition<DropoutSpec> = {
  title: 'Dropout',
  group: 'dropout',
  purpose:
    'Sets a random share of its inputs to zero at each training step, so that no unit can rely on another alone.',
  defaults: { kind: 'dropout', off: false, rate: 0.25 },
  fields: [
    {
      option: 'rate',
      label: 'Rate',
      type: 'number',
      min: 0,
      max: 0.95,
      steps: [0, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5],
      explanation:
        'The share of values dropped at each step; usual: 0.2 to 0.5. Nothing is dropped when the network is judged.',
    },
  ],
  infer: (_spec, input) => ({ shape: input }),
  weights: () => [],
  flops: (_spec, input) => sizeOf(input),
  summary: (spec) => `${spec.rate}`,
  arithmetic: (spec) => ({
    output: [`keeps ${Math.round((1 - spec.rate) * 100)} %, scaled by 1/${Number((1 - spec.rate).toFixed(4))}`],
    parameters: null,
  }),
};
