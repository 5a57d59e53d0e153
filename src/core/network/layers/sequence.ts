import { numberText } from '../../text/number-text.ts';
import { type Shape, shapeText, sizeOf } from '../shape.ts';
import type { Inference, Repair } from './definition.ts';
import { evenSequence } from './recurrent.ts';

/** A sequence is `[places, features]`: the patches of an image, or the steps that a recurrent layer passes on. */

/** The shape that a layer makes of a sequence; of an image or a row the reason why not. `what` says what it does to one. */
export function inferSequence(
  input: Shape,
  what: string,
  output: (places: number, features: number) => Shape,
): Inference {
  const [places = 0, features] = input;
  if (input.length === 2 && features !== undefined) return { shape: output(places, features) };
  const arrival =
    input.length === 1 ? `a row of ${numberText(sizeOf(input))} numbers` : `an image of ${shapeText(input)}`;
  return {
    misfit: {
      code: 'places',
      message: `This layer ${what} of a sequence (places × features), but receives ${arrival}. Patches make an image a sequence, and so does a Reshape.`,
      repairs: [reshapeTo(sequenceShape(input))],
    },
  };
}

/** The places of an image one after another, each with its channels; a row in about as many places as features. */
function sequenceShape(input: Shape): Shape {
  const [height = 0, width = 0, channels] = input;
  if (channels !== undefined) return [height * width, channels];
  return evenSequence(sizeOf(input)) ?? [sizeOf(input), 1];
}

function reshapeTo(shape: Shape): Repair {
  return { label: `Reshape to ${shapeText(shape)}`, reshape: shape };
}
