import type { CSSProperties } from 'react';
import { classNames } from '../base/class-names.ts';

/** More columns than these are too narrow for their figures: the matrix then scrolls. */
const MOST_ABREAST = 16;

/** With more columns than these, cells are small and show their colour only: figures would leave a dozen in sight. */
const MOST_WITH_FIGURES = 40;

/** Longer names, in letters, need more room than the head of a row has. */
const USUAL_NAME = 11;
const LONGEST_NAME = 22;
/** About as wide as a letter is on average, in pixels. */
const LETTER = 6.5;

/** How a matrix of classes is laid out. */
export interface HeatLayout {
  readonly className: string;
  readonly style: CSSProperties;
  /** Whether the matrix is wider than its place, and scrolls in it. */
  readonly scrolls: boolean;
  /** Whether cells are too small for figures. */
  readonly isSmall: boolean;
}

/** The layout for these classes; ten with short names fill the width. */
export function heatLayout(classes: readonly string[]): HeatLayout {
  const longest = Math.max(...classes.map(({ length }) => length));
  const isLong = longest > USUAL_NAME;
  const scrolls = classes.length > MOST_ABREAST;
  const isSmall = classes.length > MOST_WITH_FIGURES;
  return {
    className: classNames('heat', isLong && 'heat-long', scrolls && 'heat-many', isSmall && 'heat-small'),
    style: {
      ...(isLong && { '--label-w': `${Math.round(Math.min(longest, LONGEST_NAME) * LETTER)}px` }),
      ...(scrolls && { '--columns': classes.length }),
    },
    scrolls,
    isSmall,
  };
}
