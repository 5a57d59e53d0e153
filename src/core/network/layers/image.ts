import { numberText } from '../../text/number-text.ts';
import { type Shape, shapeText, sizeOf } from '../shape.ts';
import type { Misfit, Repair } from './definition.ts';

/** Why a layer that works on images cannot take a row of numbers or a sequence. `what` says what it does to an image. */
export function imageMisfit(input: Shape, what: string): Misfit {
  const arrival =
    input.length === 1 ? `a row of ${numberText(sizeOf(input))} numbers` : `a sequence of ${shapeText(input)}`;
  return {
    code: 'rank',
    message: `This layer ${what} (height × width × channels), but receives ${arrival}. Put it before the layer that flattens the image, or reshape its input.`,
    repairs: imageShapes(input).map(reshapeTo),
  };
}

/** The images that hold as many numbers: a sequence with one channel, a row as a square where it is one. */
function imageShapes(input: Shape): readonly Shape[] {
  if (input.length === 2) return [[...input, 1]];
  const side = Math.sqrt(sizeOf(input));
  return Number.isInteger(side) && side > 1 ? [[side, side, 1]] : [];
}

function reshapeTo(shape: Shape): Repair {
  return {
    label: `Reshape to ${shapeText(shape)}`,
    reshape: shape,
  };
}
