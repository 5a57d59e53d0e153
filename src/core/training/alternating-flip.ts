import { type RandomKey, streamKey, uint32At } from '../random.ts';

/**
 * Which images are mirrored in an epoch of alternating flip (Jordan, arXiv:2404.00498, section 3.6): those that are drawn once
 * from the seed, or in every other epoch all the others. Two epochs show each image both ways, once each.
 */
export interface Alternation {
  /** The stream that draws for each sample, by its position in the training set. */
  readonly key: RandomKey;
  /** Whether the epoch, counted from 0, is odd: then the others are mirrored. */
  readonly odd: boolean;
}

/** The alternation of an epoch, counted from 0. */
export function alternationAt(seed: number, epoch: number): Alternation {
  return { key: streamKey(seed, 'flip'), odd: epoch % 2 === 1 };
}

/** Whether a sample is mirrored, by its position in the training set. */
export function isMirrored({ key, odd }: Alternation, sample: number): boolean {
  return uint32At(key, sample) >>> 31 === (odd ? 0 : 1);
}
