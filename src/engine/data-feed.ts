import { at } from '../core/at.ts';
import { partInAddress } from '../core/dataset/part.ts';
import { type DatasetSpec, type Split, sampleSizeOf } from '../core/dataset/spec.ts';
import type { ShardArrival } from '../core/dataset/stream-events.ts';
import { type LabelledNeighbours, NearestSearch } from '../core/explaining/nearest.ts';
import type { Block } from '../dataset/manifest.ts';
import { fetchOwnData, isOwnData } from '../dataset/own/own-data.ts';
import { type ArrivedBlock, PartBlocks } from '../dataset/part-stream.ts';
import { type LabelledSamples, SampleStore } from '../dataset/store.ts';
import { type DatasetStream, streamDataset } from '../dataset/stream.ts';
import { storedValues } from '../dataset/values.ts';
import type { StreamListener } from './engine.ts';
import { yieldToMessages } from './yield.ts';

/** Samples of a shard that are shown as it arrives. */
const PREVIEW_SAMPLES = 40;

/** Samples compared before other work is done: a few milliseconds. */
const COMPARISONS = 4000;

const NOTHING_FOUND: LabelledNeighbours = {
  searched: 0,
  indices: new Uint32Array(),
  distances: new Float32Array(),
  labels: new Uint8Array(),
};

/** A data set once its size is known: the samples that have arrived, and in which blocks they come. */
export interface OpenDataset {
  readonly store: SampleStore;
  /** What arrives together, in order. */
  readonly blocks: readonly Block[];
}

/** Streams one data set into memory, and reports its arrival. */
export class DataFeed {
  /** Resolves when the manifest has arrived; rejects with an AbortError once the feed is closed before. */
  readonly described: Promise<OpenDataset>;
  readonly #stream: DatasetStream;
  readonly #closing = new AbortController();
  #store: SampleStore | null = null;

  /** Starts the stream from an absolute address. */
  constructor(baseUrl: string, listener: StreamListener) {
    const { signal } = this.#closing;
    let announce: (dataset: OpenDataset) => void = () => {};
    this.described = new Promise((resolve, reject) => {
      announce = resolve;
      signal.addEventListener('abort', () => reject(signal.reason));
    });
    // Nobody may be waiting for it when the feed is closed.
    this.described.catch(() => undefined);
    const arrived = { shards: 0, total: 0 };
    const choice = partInAddress(baseUrl);
    let part: PartBlocks | null = null;
    this.#stream = streamDataset({
      baseUrl: baseUrl.replace(/#.*/, ''),
      signal,
      // What is kept in the browser already is not cached once more.
      ...(isOwnData(baseUrl) ? { fetch: fetchOwnData, caches: undefined } : {}),
      onManifest: (manifest) => {
        part = choice && new PartBlocks(manifest.spec, choice);
        const { spec, blocks } = part ?? { spec: manifest.spec, blocks: manifest.shards };
        const store = new SampleStore(spec);
        this.#store = store;
        arrived.total = blocks.length;
        announce({ store, blocks });
        listener.onSpec(spec);
      },
      onShard: (shard) => {
        const { split } = shard.entry;
        for (const block of part?.add(shard) ?? [{ ...shard, split }]) {
          this.#store?.add(block.split, block.first, block);
          arrived.shards += 1;
          listener.onShard(arrivalOf(block, this.#store?.sampleBytes ?? 0, arrived));
        }
      },
      onFailure: ({ code, message }) => listener.onFailure({ code, message }),
    });
    this.#stream.done.catch((error: unknown) => listener.onFailure({ code: 'unexpected', message: String(error) }));
  }

  /** Goes on after a failure. */
  retry(): void {
    this.#stream.retry();
  }

  /** Ends the stream and forgets what has arrived. The listener hears nothing more. */
  close(): void {
    this.#closing.abort();
    this.#store = null;
  }

  /** Samples that have arrived, as they are stored; a RangeError names one that has not. */
  samples(split: Split, indices: Uint32Array): Uint8Array<ArrayBuffer> {
    if (this.#store === null) throw new RangeError('No sample has arrived yet.');
    return this.#store.gather(split, indices).values;
  }

  /** The training samples that have arrived: a view. */
  arrived(): LabelledSamples {
    const store = this.#store;
    if (store === null) return { labels: new Uint8Array(), values: new Uint8Array() };
    return { labels: store.labels('train'), values: store.values('train') };
  }

  /** The k training samples nearest to each of n others, of those that have arrived; see `Engine.nearest`. */
  async nearest(samples: Uint8Array, k: number, signal: AbortSignal): Promise<LabelledNeighbours> {
    const store = this.#store;
    return store === null ? NOTHING_FOUND : nearestOf(store.spec, this.arrived(), { samples, k, signal });
  }
}

/** What `nearest` is asked. */
interface NearestQuestion {
  readonly samples: Uint8Array;
  readonly k: number;
  readonly signal: AbortSignal;
}

async function nearestOf(
  spec: DatasetSpec,
  { values, labels }: LabelledSamples,
  { samples, k, signal }: NearestQuestion,
): Promise<LabelledNeighbours> {
  const width = sampleSizeOf(spec);
  const queries = storedValues(spec, samples);
  const rows = storedValues(spec, values);
  const search = new NearestSearch(queries, Math.min(k, labels.length), width);
  const block = Math.ceil(COMPARISONS / Math.max(1, queries.length / width)) * width;
  for (let start = 0; start < rows.length; start += block) {
    signal.throwIfAborted();
    search.add(rows.subarray(start, start + block));
    await yieldToMessages();
  }
  const { result } = search;
  return { ...result, labels: Uint8Array.from(result.indices, (index) => at(labels, index)) };
}

/** Copies, because the store keeps its own and these are sent away. */
function arrivalOf(
  block: ArrivedBlock,
  sampleBytes: number,
  arrived: { readonly shards: number; readonly total: number },
): ShardArrival {
  return {
    split: block.split,
    first: block.first,
    labels: block.labels.slice(),
    preview: block.values.slice(0, PREVIEW_SAMPLES * sampleBytes),
    shardsArrived: arrived.shards,
    shardsTotal: arrived.total,
  };
}
