import type { LeftOut } from './left-out.ts';

/** Pictures in folders that are the classes, or in one folder, or in a zip of these. */
export interface ImagesSurvey {
  readonly kind: 'images';
  /** Suggested by the name of the folder or the file. */
  readonly title: string;
  readonly classes: readonly { readonly name: string; readonly count: number }[];
  readonly leftOut: readonly LeftOut[];
}

/** How pictures become samples. */
export interface ImagesChoices {
  readonly kind: 'images';
  readonly title: string;
  /** Height and width of a sample, in pixels. */
  readonly side: number;
  /** 1 for gray, 3 for red, green and blue. */
  readonly channels: 1 | 3;
  /** A picture that is not square: all of it with edges added, or the largest square in its middle. */
  readonly fit: 'fit' | 'crop';
  /** The share of each class that is set aside to test on, from above 0 to below 1. */
  readonly testShare: number;
  readonly seed: number;
}

/** The files of MNIST and of data sets in its form. */
export interface IdxSurvey {
  readonly kind: 'idx';
  readonly title: string;
  readonly height: number;
  readonly width: number;
  readonly train: number;
  /** 0 where there are no files to test on. */
  readonly test: number;
  /** How many classes there are. */
  readonly classes: number;
  readonly leftOut: readonly LeftOut[];
}

export interface IdxChoices {
  readonly kind: 'idx';
  readonly title: string;
  readonly classes: readonly string[];
  /** Which share of the training samples is set aside where there are none to test on. */
  readonly testShare: number;
  readonly seed: number;
}
