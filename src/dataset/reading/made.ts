import type { LeftOut } from '../../core/dataset/left-out.ts';
import type { MadeData } from '../own/keep.ts';

/** What was made of files, before it is kept. */
export interface Made {
  readonly data: MadeData;
  readonly leftOut: readonly LeftOut[];
  /** What else there is to know about it, a sentence each. */
  readonly notes: readonly string[];
}

/** What all data sets of the user's own are made by. */
export interface MakingChoices {
  readonly title: string;
  readonly testShare: number;
  readonly seed: number;
}
