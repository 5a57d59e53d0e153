import { last } from '../../at.ts';
import { sameShape, shapeText, sizeOf } from '../shape.ts';
import type { LayerBase, LayerDefinition } from './definition.ts';
import { FROM_FIELD } from './fields.ts';

/** The channels of the layer above and then those of an earlier one, side by side. */
export interface ConcatenateSpec extends LayerBase {
  readonly kind: 'concatenate';
  /** The id of the earlier layer, or `input`. */
  readonly from: string;
}

/** What the app knows of a Concatenate layer: see `LayerDefinition`. */
export const concatenate: LayerDefinition<ConcatenateSpec> = {
  title: 'Concatenate',
  group: 'merge',
  purpose: 'Appends the channels of an earlier layer to those from above, so that the next layer sees both.',
  traits: {
    inputs: 'concatenation',
    keepsValues: false,
    linear: true,
    weights: 'none',
    normalizes: 'nothing',
    drops: false,
    readsSequences: false,
    cutsPatches: false,
    attends: false,
  },
  defaults: { kind: 'concatenate', off: false, from: 'input' },
  fields: [FROM_FIELD],
  infer: (_spec, input, other = input) => {
    const front = input.slice(0, -1);
    if (sameShape(front, other.slice(0, -1))) return { shape: [...front, last(input) + last(other)] };
    return {
      misfit: {
        code: 'concat-shapes',
        message: `Channels are put side by side, so everything but the channels must be the same: ${shapeText(input)} arrives from above, ${shapeText(other)} from the earlier layer.`,
        repairs: [],
      },
    };
  },
  weights: () => [],
  flops: () => 0,
  savedActivations: (_spec, _input, output) => sizeOf(output),
  idleness: () => null,
  summary: () => '',
  arithmetic: (_spec, input, output) => {
    const [above = 0, together = 0] = [input.at(-1), output.at(-1)];
    return { output: [`${above} + ${together - above} = ${together} channels`], parameters: null };
  },
};
