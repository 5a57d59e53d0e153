import type { Unlikeness } from '../../core/imaging/unlikeness.ts';
import { PERCENTILES } from './unlikeness-table.ts';

/** How far apart the images lie, and what brings a drawing closer to them. */
export const UNLIKENESS: Unlikeness = {
  percentiles: PERCENTILES,
  advice: {
    mirrored: 'Mirrored, it would be closer: the shoes in the data set all point left.',
    centred: 'Centred, it would be closer.',
    enlarged: 'Larger, it would be closer: the garments in the data set touch the border.',
    filled: 'Filled, it would be closer: the garments in the data set are shapes, not outlines.',
  },
};
