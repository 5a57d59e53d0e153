import type { Split } from './spec.ts';

/** One shard as it arrives. */
export interface ShardArrival {
  readonly split: Split;
  /** Position of the shard's first sample in its split. */
  readonly first: number;
  /** Class of each sample: [count]. */
  readonly labels: Uint8Array<ArrayBuffer>;
  /** The first samples of the shard for show, as stored: [n, bytes of a sample]. */
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
