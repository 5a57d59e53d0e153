import type { Split } from '../core/dataset/spec.ts';
import type { ShardArrival } from '../core/dataset/stream-events.ts';
import { type LabelledNeighbours, NearestSearch } from '../core/explaining/nearest.ts';
import { imageCounts, type Manifest } from '../dataset/manifest.ts';
import { ImageStore, type LabelledImages } from '../dataset/store.ts';
import { type ArrivedShard, type DatasetStream, streamDataset } from '../dataset/stream.ts';
import type { StreamListener } from './engine.ts';
import { yieldToMessages } from './yield.ts';

/** Images of a shard that are shown as it arrives. */
const PREVIEW_IMAGES = 40;

/** Images compared before other work is done: a few milliseconds. */
const COMPARISONS = 4000;

/** The data set once its size is known: the images that have arrived, and what is still to come. */
export interface DataSet {
  readonly store: ImageStore;
  readonly manifest: Manifest;
}

/** Streams the data set into memory, and reports to a listener. */
export class DataFeed {
  /** Resolves when the manifest has arrived. */
  readonly described: Promise<DataSet>;
  #describe: (data: DataSet) => void = () => {};
  #store: ImageStore | null = null;
  #stream: DatasetStream | null = null;

  constructor() {
    this.described = new Promise((resolve) => {
      this.#describe = resolve;
    });
  }

  /** Starts the stream from an absolute address; once. */
  start(baseUrl: string, listener: StreamListener): void {
    const arrived = { shards: 0, total: 0 };
    this.#stream = streamDataset({
      baseUrl,
      onManifest: (manifest) => {
        this.#store = new ImageStore(imageCounts(manifest));
        arrived.total = manifest.shards.length;
        this.#describe({ store: this.#store, manifest });
      },
      onShard: (shard) => {
        this.#store?.add(shard.entry.split, shard.first, shard);
        arrived.shards += 1;
        listener.onShard(arrivalOf(shard, arrived));
      },
      onFailure: ({ code, message }) => listener.onFailure({ code, message }),
    });
    this.#stream.done.catch((error: unknown) => listener.onFailure({ code: 'unexpected', message: String(error) }));
  }

  /** Goes on after a failure. */
  retry(): void {
    this.#stream?.retry();
  }

  /** Pixels [n, 784] of images that have arrived; a RangeError names one that has not. */
  pixels(split: Split, indices: Uint32Array): Uint8Array<ArrayBuffer> {
    if (this.#store === null) throw new RangeError('No image has arrived yet.');
    return this.#store.gather(split, indices).pixels;
  }

  /** The training images that have arrived: a view. */
  arrived(): LabelledImages {
    const store = this.#store;
    if (store === null) return { labels: new Uint8Array(), pixels: new Uint8Array() };
    return { labels: store.labels('train'), pixels: store.pixels('train') };
  }

  /** The k training images nearest to each of n others, of those that have arrived; see `Engine.nearest`. */
  async nearest(pixels: Uint8Array, k: number, signal: AbortSignal): Promise<LabelledNeighbours> {
    const { pixels: images, labels } = this.arrived();
    const search = new NearestSearch(pixels, Math.min(k, images.length / IMAGE_BYTES));
    const block = Math.ceil(COMPARISONS / Math.max(1, pixels.length / IMAGE_BYTES)) * IMAGE_BYTES;
    for (let start = 0; start < images.length; start += block) {
      signal.throwIfAborted();
      search.add(images.subarray(start, start + block));
      await yieldToMessages();
    }
    const { result } = search;
    return { ...result, labels: Uint8Array.from(result.indices, (index) => labels[index] ?? 0) };
  }
}

/** Copies, because the store keeps its own and these are sent away. */
function arrivalOf(shard: ArrivedShard, arrived: { readonly shards: number; readonly total: number }): ShardArrival {
  return {
    split: shard.entry.split,
    first: shard.first,
    labels: shard.labels.slice(),
    preview: shard.pixels.slice(0, PREVIEW_IMAGES * IMAGE_BYTES),
    shardsArrived: arrived.shards,
    shardsTotal: arrived.total,
  };
}
