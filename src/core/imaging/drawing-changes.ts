import { imageOf } from './drawing.ts';
import { enclosedBy, meanShade } from './outline-fill.ts';
import type { Size } from './resize.ts';

/** What may bring a drawing closer to the data. */
export const CHANGES = ['mirrored', 'centred', 'enlarged', 'filled'] as const;

export type Change = (typeof CHANGES)[number];

/** The drawing after a change: [height, width]. */
export interface Candidate {
  readonly change: Change;
  readonly pixels: Uint8Array<ArrayBuffer>;
}

/** The drawing mirrored, centred, enlarged and filled, as far as that changes it. `pixels`: [height, width], gray. */
export function candidatesOf(pixels: Uint8Array, size: Size): readonly Candidate[] {
  return CHANGES.map((change) => ({ change, pixels: MAKERS[change](pixels, size) })).filter((candidate) =>
    candidate.pixels.some((value, i) => value !== pixels[i]),
  );
}

const MAKERS: { readonly [Name in Change]: (pixels: Uint8Array, size: Size) => Uint8Array<ArrayBuffer> } = {
  mirrored,
  centred,
  enlarged: (pixels, size) => imageOf(pixels, size.width, size) ?? Uint8Array.from(pixels),
  filled,
};

function mirrored(pixels: Uint8Array, { width }: Size): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(pixels, (_, i) => pixels[i - (i % width) + width - 1 - (i % width)] ?? 0);
}

/** What is drawn, moved to the middle without a change of size. */
function centred(pixels: Uint8Array, { width, height }: Size): Uint8Array<ArrayBuffer> {
  const drawn = [...pixels.keys()].filter((i) => (pixels[i] ?? 0) > 0);
  const shift = (places: readonly number[], extent: number) =>
    Math.ceil((extent - 1 - Math.min(...places) - Math.max(...places)) / 2);
  if (drawn.length === 0) return Uint8Array.from(pixels);
  const right = shift(
    drawn.map((i) => i % width),
    width,
  );
  const down = shift(
    drawn.map((i) => Math.floor(i / width)),
    height,
  );
  const moved = new Uint8Array(pixels.length);
  for (const i of drawn) moved[i + down * width + right] = pixels[i] ?? 0;
  return moved;
}

/** What an outline encloses, filled with the outline's own shade; gaps of a pixel do not let the shade out. */
function filled(pixels: Uint8Array, size: Size): Uint8Array<ArrayBuffer> {
  const inside = enclosedBy(pixels, size, 1);
  const shade = Math.round(meanShade(pixels));
  return Uint8Array.from(pixels, (value, i) => (inside[i] === 1 ? shade : value));
}
