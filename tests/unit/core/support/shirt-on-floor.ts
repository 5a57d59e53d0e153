import { type Picture, pictureOf, type Rgb } from '../../../../src/core/imaging/picture.ts';
import type { Size } from '../../../../src/core/imaging/resize.ts';
import { streamKey, uniforms } from '../../../../src/core/random.ts';

/** Whether there is shirt at a place, from 0 to 1 across and down: a trunk, two short sleeves, and a neck that is cut out. */
export function isShirt(x: number, y: number): boolean {
  const fromMiddle = Math.abs(x - 0.5);
  if (Math.hypot((x - 0.5) / 0.09, (y - 0.18) / 0.05) < 1) return false;
  if (fromMiddle <= 0.2) return y >= 0.18 && y <= 0.84;
  const slope = (fromMiddle - 0.2) * 0.55;
  return fromMiddle <= 0.38 && y >= 0.2 + slope && y <= 0.38 + slope;
}

/** A shirt of a colour on a floor of boards with grain, gaps and a lamp at one side; null for the floor alone. */
export function shirtOnFloor({ width, height }: Size, colour: Rgb | null): Picture {
  const noise = uniforms(streamKey(11, 'sample'), width * height);
  return pictureOf({ width, height }, (x, y) => {
    const light = 1.08 - (0.16 * x) / width;
    const grain = ((noise[y * width + x] ?? 0) - 0.5) * 14;
    if (colour !== null && isShirt(x / width, y / height)) {
      const fold = 8 * Math.sin(x / 9 + y / 31);
      return colour.map((value) => (value + fold + grain / 2) * light);
    }
    const board = Math.floor((y / height) * 8);
    const isGap = (y / height) * 8 - board < 0.045;
    const tone = [0, 14, -10, 8, -16, 4, 12, -6][board] ?? 0;
    const veins = 7 * Math.sin(y * 0.9 + 3 * Math.sin(x / 40 + board));
    return [150, 104, 62].map((value) => (isGap ? value * 0.45 : value + tone + veins + grain) * light);
  });
}
