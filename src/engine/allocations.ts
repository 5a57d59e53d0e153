import type { PlannedMemory } from '../core/training/planned-memory.ts';

/** What an executor allocates for a training, by what it is for. */
export type Allocations<Block> = { readonly [Part in keyof PlannedMemory]: readonly Block[] };

/** Everything that is allocated. */
export function blocksOf<Block>({ weights, optimizer, batch, samples, rest }: Allocations<Block>): readonly Block[] {
  return [...weights, ...optimizer, ...batch, ...samples, ...rest];
}

/** The bytes of each part, where `bytesOf` says how many a block takes. */
export function memoryOf<Block>(
  { weights, optimizer, batch, samples, rest }: Allocations<Block>,
  bytesOf: (block: Block) => number,
): PlannedMemory {
  const sum = (blocks: readonly Block[]) => blocks.reduce((total, block) => total + bytesOf(block), 0);
  return {
    weights: sum(weights),
    optimizer: sum(optimizer),
    batch: sum(batch),
    samples: sum(samples),
    rest: sum(rest),
  };
}
