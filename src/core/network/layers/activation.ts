import type { Activation } from '../activations.ts';
import { sizeOf } from '../shape.ts';
import type { LayerBase, LayerDefinition } from './definition.ts';
import * as fields from './fields.ts';

/** An activation function as a layer of its own, for example after batch normalisation. */
export interface ActivationSpec extends LayerBase {
  readonly kind: 'activation';
  readonly activation: Activation;
}

/** What the app knows of a Activation layer: see `LayerDefinition`. */
export const activation: LayerDefinition<ActivationSpec> = {
  title: 'Activation',
  group: 'activation',
  purpose: 'Bends each value by a function, which is what lets stacked layers learn more than a straight line.',
  defaults: { kind: 'activation', off: false, activation: 'relu' },
  fields: [fields.ACTIVATION_FIELD],
  infer: (_spec, input) => ({ shape: input }),
  weights: () => [],
  flops: (_spec, input) => sizeOf(input),
  summary: (spec) => spec.activation,
  arithmetic: () => ({ output: ['the same shape'], parameters: null }),
};
