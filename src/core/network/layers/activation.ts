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
  purpose: 'Applies a nonlinear function to each value, which lets stacked layers learn more than a straight line.',
  traits: {
    inputs: 'above',
    keepsValues: true,
    linear: true,
    weights: 'none',
    normalizes: 'nothing',
    drops: false,
    readsSequences: false,
    cutsPatches: false,
    attends: false,
  },
  defaults: { kind: 'activation', off: false, activation: 'relu' },
  fields: [fields.ACTIVATION_FIELD],
  infer: (_spec, input) => ({ shape: input }),
  weights: () => [],
  flops: (_spec, input) => sizeOf(input),
  savedActivations: (_spec, _input, output) => sizeOf(output),
  idleness: (spec) =>
    spec.activation === 'linear'
      ? {
          reason: 'linear passes on what it gets',
          repair: { label: 'Use relu', set: { activation: 'relu' } },
        }
      : null,
  summary: (spec) => spec.activation,
  arithmetic: () => ({ output: ['the same shape'], parameters: null }),
};
