import { bulk, type Code, i32, type Local, loop, type Operand, sequence, when } from '../code.ts';
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

/** Sets `a` to `count` images from `first` on, copied into zeros in `scratch` where that is needed. */
export function placeImages(
  { fields, scope, module }: PlacingContext,
  a: Local,
  first: Operand,
  count: Operand = 1,
): Code {
  const { x, imageBytes, placed, height, width, pixelBytes, placedHeight, placedRow, top, left, step, scratch } =
    fields;
  const place = module.use(PLACE);
  const placing = { height, width, pixelBytes, targetHeight: placedHeight, targetRow: placedRow, top, left, step };
  const [image, target] = [scope.local('i32'), scope.local('i32')];
  const placeOne = sequence(
    place({ source: a, target, ...placing }),
    a.increase(imageBytes),
    target.increase(i32.mul(placedHeight, placedRow)),
  );
  const placeAll = loop(image, count, 1, placeOne);
  return sequence(
    a.set(i32.add(x, i32.mul(first, imageBytes))),
    when(placed, sequence(target.set(scratch), image.set(0), placeAll, a.set(scratch))),
  );
}

type GroupContext = KernelContext<'batch' | 'perGroup' | 'partial' | 'partialBytes', never>;

/**
 * Runs code for each image of a group of `perGroup`; the chunk is the group. Moves `partial` to the group's partial sum before, which is zeros
 * then.
 */
export function eachImageOfGroup({ fields, chunk, scope }: GroupContext, image: Local, code: Code): Code {
  const { batch, perGroup, partial, partialBytes } = fields;
  const lastImage = scope.local('i32');
  return sequence(
    partial.increase(i32.mul(chunk, partialBytes)),
    bulk.zero(partial, partialBytes),
    image.set(i32.mul(chunk, perGroup)),
    lastImage.set(i32.add(image, perGroup)),
    when(i32.gt(lastImage, batch), lastImage.set(batch)),
    loop(image, lastImage, 1, code),
  );
}
