import { blockOfPart, type PartChoice, partOf, type SampleBlock } from '../core/dataset/part.ts';
import { type DatasetSpec, type Split, sampleBytesOf } from '../core/dataset/spec.ts';
import { DatasetError } from './errors.ts';
import type { Block } from './manifest.ts';
import type { ArrivedShard } from './stream.ts';

/** Samples of a part in a block: as many as a shard of the whole usually has. */
const BLOCK = 1000;

/** A block of a part that is complete. */
export interface ArrivedBlock extends SampleBlock {
  /** Position of its first sample in its split. */
  readonly first: number;
}

/**
 * Makes the blocks of a part out of the shards of the whole. How many samples of some classes a shard has is not known before it is
 * there, so the samples are cut anew: into blocks of 1,000, whose sizes follow from the spec alone.
 */
export class PartBlocks {
  readonly spec: DatasetSpec;
  /** In the order in which they come: those to train on first. */
  readonly blocks: readonly Block[];
  readonly #whole: DatasetSpec;
  readonly #choice: PartChoice;
  readonly #waiting: Record<Split, SampleBlock[]> = { train: [], test: [] };
  readonly #arrived: Record<Split, number> = { train: 0, test: 0 };

  /** Throws a RangeError where the whole has no such classes. */
  constructor(whole: DatasetSpec, choice: PartChoice) {
    this.#whole = whole;
    this.#choice = choice;
    this.spec = partOf(whole, choice);
    this.blocks = (['train', 'test'] as const).flatMap((split) => cut(split, this.spec.splits[split]));
  }

  /** The blocks that are complete with another shard. Throws a DatasetError where there are more samples than there should be. */
  add({ entry, labels, values }: ArrivedShard): readonly ArrivedBlock[] {
    const { split } = entry;
    this.#waiting[split].push(blockOfPart(this.#whole, this.#choice, { split, labels, values }));
    const complete: ArrivedBlock[] = [];
    for (let next = this.#next(split); next !== undefined; next = this.#next(split)) {
      complete.push({ ...next, first: this.#arrived[split] });
      this.#arrived[split] += next.labels.length;
    }
    const left = this.#waitingCount(split);
    if (this.#arrived[split] + left > this.spec.splits[split])
      throw new DatasetError('manifest', entry.file, 'some classes have more samples than others');
    return complete;
  }

  /** Takes the next block out of what waits; undefined where that is not enough. */
  #next(split: Split): SampleBlock | undefined {
    const size = Math.min(BLOCK, this.spec.splits[split] - this.#arrived[split]);
    if (size === 0 || this.#waitingCount(split) < size) return undefined;
    const all = joined(split, this.#waiting[split]);
    const end = size * sampleBytesOf(this.spec);
    this.#waiting[split] = [{ split, labels: all.labels.slice(size), values: all.values.slice(end) }];
    return { split, labels: all.labels.slice(0, size), values: all.values.slice(0, end) };
  }

  #waitingCount(split: Split): number {
    return this.#waiting[split].reduce((sum, { labels }) => sum + labels.length, 0);
  }
}

function cut(split: Split, total: number): readonly Block[] {
  const full = Math.ceil(total / BLOCK);
  return Array.from({ length: full }, (_, i) => ({ split, count: Math.min(BLOCK, total - i * BLOCK) }));
}

function joined(split: Split, blocks: readonly SampleBlock[]): SampleBlock {
  const bytes = (part: 'labels' | 'values') => {
    const all = new Uint8Array(blocks.reduce((sum, block) => sum + block[part].length, 0));
    let at = 0;
    for (const block of blocks) {
      all.set(block[part], at);
      at += block[part].length;
    }
    return all;
  };
  return { split, labels: bytes('labels'), values: bytes('values') };
}
