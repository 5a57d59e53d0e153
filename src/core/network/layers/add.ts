import { sameShape, shapeText, sizeOf } from '../shape.ts';
import type { LayerBase, LayerDefinition } from './definition.ts';
import { FROM_FIELD } from './fields.ts';

/** The sum of the layer above and an earlier one: the shortcut of a residual network (He et al., arXiv:1512.03385). */
export interface AddSpec extends LayerBase {
  readonly kind: 'add';
  /** The id of the earlier layer, or `input`. */
  readonly from: string;
}

/** What the app knows of a Add layer: see `LayerDefinition`. */
export const add: LayerDefinition<AddSpec> = {
  title: 'Add',
  group: 'merge',
  purpose:
    'Adds the output of an earlier layer, value by value: a shortcut past the layers in between, which makes deep networks easier to train.',
  traits: {
    inputs: 'sum',
    keepsValues: false,
    linear: true,
    weights: 'none',
    normalizes: 'nothing',
    drops: false,
    readsSequences: false,
    cutsPatches: false,
    attends: false,
  },
  defaults: { kind: 'add', off: false, from: 'input' },
  fields: [FROM_FIELD],
  infer: (_spec, input, other = input) => {
    if (sameShape(input, other)) return { shape: input };
    return {
      misfit: {
        code: 'add-shapes',
        message: `Values are added one by one, so both shapes must be the same: ${shapeText(input)} arrives from above, ${shapeText(other)} from the earlier layer.`,
        repairs: [],
      },
    };
  },
  weights: () => [],
  flops: (_spec, input) => sizeOf(input),
  savedActivations: (_spec, _input, output) => sizeOf(output),
  idleness: () => null,
  summary: () => '',
  arithmetic: (_spec, input) => ({
    output: [`${shapeText(input)} + ${shapeText(input)}, value by value`],
    parameters: null,
  }),
};
