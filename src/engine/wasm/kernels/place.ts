import { type Code, i32, type Local, sequence, when } from '../code.ts';
import type { KernelContext } from '../kernel.ts';
import { PLACE } from './rows.ts';

/**
 * How an image is padded with zeros before a window slides over it; see PLACE. `placed` is 0 where it is used as it is.
 */
export const PLACEMENT = [
  ...(['placed', 'height', 'width', 'pixelBytes', 'placedHeight', 'placedRow'] as const),
  ...(['top', 'left', 'step'] as const),
] as const;

type Placement = (typeof PLACEMENT)[number];

type ScratchContext = KernelContext<'scratch' | 'scratchBytes', never>;

/** Moves `scratch` to the part that belongs to this thread. */
export function ownScratch({ fields: { scratch, scratchBytes }, thread }: ScratchContext): Code {
  return scratch.increase(i32.mul(thread, scratchBytes));
}

type PlacingContext = KernelContext<Placement | 'x' | 'imageBytes' | 'scratch', never>;

/** Sets `a` to an image, copied into zeros in `scratch` where that is needed. */
export function placeImage({ fields, module }: PlacingContext, a: Local, image: Local): Code {
  const { x, imageBytes, placed, height, width, pixelBytes, placedHeight, placedRow, top, left, step, scratch } =
    fields;
  const place = module.use(PLACE);
  const placing = { height, width, pixelBytes, targetHeight: placedHeight, targetRow: placedRow, top, left, step };
  return sequence(
    a.set(i32.add(x, i32.mul(image, imageBytes))),
    when(placed, sequence(place({ source: a, target: scratch, ...placing }), a.set(scratch))),
  );
}
