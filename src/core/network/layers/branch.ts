import { shapeText } from '../shape.ts';
import type { LayerBase, LayerDefinition } from './definition.ts';
import { FROM_FIELD } from './fields.ts';

/**
 * Takes up the output of an earlier layer in place of the one above, so that a list of layers can fork: what comes above
 * is joined again by an Add or a Concatenate. Keras has no such layer; there it is a second use of a tensor.
 */
export interface BranchSpec extends LayerBase {
  readonly kind: 'branch';
  /** The id of the earlier layer, or `input`. */
  readonly from: string;
}

/** What the app knows of a Branch layer: see `LayerDefinition`. */
export const branch: LayerDefinition<BranchSpec> = {
  title: 'Branch',
  group: 'merge',
  purpose:
    'Starts a second path from an earlier layer instead of the one above; an Add or Concatenate joins the two later.',
  traits: {
    inputs: 'named',
    keepsValues: true,
    linear: true,
    weights: 'none',
    normalizes: 'nothing',
    drops: false,
    readsSequences: false,
    cutsPatches: false,
    attends: false,
  },
  defaults: { kind: 'branch', off: false, from: 'input' },
  fields: [FROM_FIELD],
  infer: (_spec, input) => ({ shape: input }),
  weights: () => [],
  flops: () => 0,
  savedActivations: () => 0,
  idleness: () => null,
  summary: () => '',
  arithmetic: (_spec, input) => ({ output: [`${shapeText(input)}, as the earlier layer gives it`], parameters: null }),
};
