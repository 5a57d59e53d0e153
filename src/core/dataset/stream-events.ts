/** How the data set is cut, as published: 60,000 images to train on and 10,000 to test on. */
export type Split = 'train' | 'test';

export const SPLIT_SIZES: { readonly [Name in Split]: number } = { train: 60_000, test: 10_000 };

/** Pixels of one image, one byte each, row by row. */
export const IMAGE_BYTES = 784;

/** One shard as it arrives. */
export interface ShardArrival {
  readonly split: Split;
  /** Position of the shard's first image in its split. */
  readonly first: number;
  /** Class of each image: [count]. */
  readonly labels: Uint8Array<ArrayBuffer>;
  /** The first images of the shard for show, `uint8` pixels as stored: [n, 784]. */
  readonly preview: Uint8Array<ArrayBuffer>;
  readonly shardsArrived: number;
  readonly shardsTotal: number;
}

/** Why the stream stopped. What arrived before stays usable, and the stream can be told to go on from there. */
export interface StreamFailure {
  readonly code: string;
  /** What happened and what to do, as a sentence. */
  readonly message: string;
}
