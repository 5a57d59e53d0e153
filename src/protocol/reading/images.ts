import type { LeftOut } from '../../core/dataset/left-out.ts';
import type { Picture } from '../../core/imaging/picture.ts';

/** A picture that was found, small, and its class. */
export interface Preview {
  /** Its class's place in the list of classes. */
  readonly label: number;
  readonly picture: Picture;
}

/** Pictures in folders that are the classes, or in a zip of these. */
export interface ImagesSurvey {
  readonly kind: 'images';
  /** Suggested by the name of the folder or the file. */
  readonly title: string;
  readonly classes: readonly { readonly name: string; readonly count: number }[];
  /** Whether folders say which pictures are to be tested on. */
  readonly isDivided: boolean;
  readonly previews: readonly Preview[];
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
  /** A picture that is not square: all of it with black edges added, or the largest square in its middle. */
  readonly fit: 'fit' | 'crop';
  /** The share of each class that is set aside to test on where folders do not say it, from above 0 to below 1. */
  readonly testShare: number;
  readonly seed: number;
}

/** The files of MNIST and of data sets in its form. */
export interface IdxSurvey {
  readonly kind: 'idx';
  readonly title: string;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly train: number;
  /** 0 where there are no files to test on. */
  readonly test: number;
  /** The names of the classes: the file's own, or else the labels as they are in it. */
  readonly classes: readonly string[];
  /** Whether rows and columns are exchanged, as EMNIST has them. */
  readonly isTransposed: boolean;
  /** As they are in the files. */
  readonly previews: readonly Preview[];
  readonly leftOut: readonly LeftOut[];
}

/** How the images of IDX files become samples. */
export interface IdxChoices {
  readonly kind: 'idx';
  readonly title: string;
  /** As many as the survey has, no two alike. */
  readonly classes: readonly string[];
  /** Whether to exchange rows and columns. */
  readonly transposes: boolean;
  /** Which share of the training samples is set aside where there are none to test on. */
  readonly testShare: number;
  readonly seed: number;
}
