import { permutation, streamKey } from '../core/random.ts';

/** Steps that show every sample at least once, all batches being full. */
export function stepsPerEpoch(samples: number, batchSize: number): number {
  return Math.ceil(samples / batchSize);
}

/** The order of one shard's training samples in the first epoch, which walks the shards one after the other. */
export function shuffleShard(samples: Uint32Array<ArrayBuffer>, seed: number, shard: number): Uint32Array<ArrayBuffer> {
  return permutation(samples.length, streamKey(seed, 'shuffle', 0, shard)).map((position) => samples[position] ?? 0);
}

/** The order of all training samples in a later epoch, shuffled across the shards. */
export function shuffleEpoch(samples: Uint32Array<ArrayBuffer>, seed: number, epoch: number): Uint32Array<ArrayBuffer> {
  return permutation(samples.length, streamKey(seed, 'shuffle', epoch)).map((position) => samples[position] ?? 0);
}

/**
 * The samples of one step: [batchSize]. The last batch of an epoch is filled up from the epoch's beginning (over and
 * over where there are fewer samples than a batch takes), so that a network only ever sees one batch shape.
 */
export function batchAt(order: Uint32Array, step: number, batchSize: number): Uint32Array<ArrayBuffer> {
  const batch = new Uint32Array(batchSize);
  for (let i = 0; i < batchSize; i++) batch[i] = order[(step * batchSize + i) % order.length] ?? 0;
  return batch;
}
