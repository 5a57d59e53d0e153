import { permutation, streamKey } from '../core/random.ts';

/** Steps that show every image at least once, all batches being full. */
export function stepsPerEpoch(images: number, batchSize: number): number {
  return Math.ceil(images / batchSize);
}

/** The order of one shard's training images in the first epoch, which walks the shards one after the other. */
export function shuffleShard(images: Uint32Array<ArrayBuffer>, seed: number, shard: number): Uint32Array<ArrayBuffer> {
  return permutation(images.length, streamKey(seed, 'shuffle', 0, shard)).map((position) => images[position] ?? 0);
}

/** The order of all training images in a later epoch, shuffled across the shards. */
export function shuffleEpoch(images: Uint32Array<ArrayBuffer>, seed: number, epoch: number): Uint32Array<ArrayBuffer> {
  return permutation(images.length, streamKey(seed, 'shuffle', epoch)).map((position) => images[position] ?? 0);
}

/**
 * The images of one step: [batchSize]. The last batch of an epoch is filled up from the epoch's beginning (over and
 * over where there are fewer images than a batch takes), so that a network only ever sees one batch shape.
 */
export function batchAt(order: Uint32Array, step: number, batchSize: number): Uint32Array<ArrayBuffer> {
  const batch = new Uint32Array(batchSize);
  for (let i = 0; i < batchSize; i++) batch[i] = order[(step * batchSize + i) % order.length] ?? 0;
  return batch;
}
