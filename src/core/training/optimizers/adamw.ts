import { type AdamOptions, adam, rateOfAdam } from './adam.ts';
import type { OptimizerDefinition } from './definition.ts';

/** Adam with a weight decay of its own (Loshchilov and Hutter, arXiv:1711.05101). */
export interface AdamWSpec extends AdamOptions {
  readonly kind: 'adamw';
  /** Weight decay: this, times the learning rate, is the share of each weight that is subtracted at a step. */
  readonly weightDecay: number;
}

/** What the app knows of AdamW: see `OptimizerDefinition`. */
export const adamw: OptimizerDefinition<AdamWSpec> = {
  title: 'AdamW',
  explanation: 'Adam that also shrinks every weight a little at each step.',
  defaults: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0.004 },
  fields: adam.fields,
  learningRate: 0.001,
  slots: adam.slots,
  rule: adam.rule,
  rateAt: rateOfAdam,
  usualWeightDecay: 0.004,
};
