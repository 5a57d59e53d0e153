import { numberText } from '../../text/number-text.ts';
import { type Shape, sameShape, shapeText, sizeOf } from '../shape.ts';
import type { LayerBase, LayerDefinition, Repair } from './definition.ts';

/** The same values in another shape, row by row. */
export interface ReshapeSpec extends LayerBase {
  readonly kind: 'reshape';
  /** Extents without the batch axis. */
  readonly targetShape: Shape;
}

/** Shapes that hold `size` numbers: the square image where there is one, then the row. */
function shapesOf(size: number): readonly Shape[] {
  const side = Math.sqrt(size);
  return Number.isInteger(side) && side > 1 ? [[side, side, 1], [size]] : [[size]];
}

function useShape(targetShape: Shape): Repair {
  return { label: `Use ${shapeText(targetShape)}`, set: { targetShape } };
}

/** What the app knows of a Reshape layer: see `LayerDefinition`. */
export const reshape: LayerDefinition<ReshapeSpec> = {
  title: 'Reshape',
  group: 'shape',
  purpose: 'Arranges the same numbers in another shape, for example an image as a sequence of rows.',
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
  defaults: { kind: 'reshape', off: false, targetShape: [28, 28] },
  fields: [
    {
      option: 'targetShape',
      label: 'Shape',
      type: 'shape',
      explanation: 'The new sizes; their product must be the number of input values, as 4×6 for 24.',
    },
  ],
  infer: ({ targetShape }, input) => {
    const [asked, arriving] = [sizeOf(targetShape), sizeOf(input)];
    if (asked === arriving) return { shape: targetShape };
    const factors = targetShape.map(numberText).join(' × ');
    const product = targetShape.length > 1 ? `${factors} = ${numberText(asked)}` : factors;
    const arrival = input.length > 1 ? ` as ${shapeText(input)}` : '';
    return {
      misfit: {
        code: 'reshape',
        message: `The shape ${shapeText(targetShape)} holds ${product} numbers, but ${numberText(arriving)} arrive${arrival}. Reshaping neither adds nor drops values.`,
        repairs: shapesOf(arriving).map(useShape),
      },
    };
  },
  weights: () => [],
  flops: () => 0,
  savedActivations: (_spec, _input, output) => sizeOf(output),
  idleness: (_spec, input, output) =>
    sameShape(input, output) ? { reason: 'its input has this shape already', repair: null } : null,
  summary: (spec) => shapeText(spec.targetShape),
  arithmetic: (_spec, input, output) => ({
    output: [`${input.join(' × ')} = ${output.join(' × ')} = ${numberText(sizeOf(output))}`],
    parameters: null,
  }),
};
