import { at } from '../core/at.ts';
import { classCountOf, type Split } from '../core/dataset/spec.ts';
import { openByteCache } from './cache.ts';
import type { DatasetError } from './errors.ts';
import type { Manifest, ShardEntry } from './manifest.ts';
import { Pause, type WaitToRetry } from './pause.ts';
import { ReadAhead } from './read-ahead.ts';
import { type Sleep, sleep, waitToRetry } from './retry.ts';
import type { Shard } from './shard.ts';
import { loadManifest, loadShard, type Source } from './source.ts';

/** A shard and its position. */
export interface ArrivedShard extends Shard {
  /** Position of its first sample in its split. */
  readonly first: number;
}

/** How much has arrived. */
export interface StreamProgress {
  readonly shards: number;
  readonly shardsTotal: number;
  /** Samples of each split that have arrived. */
  readonly samples: Readonly<Record<Split, number>>;
  readonly samplesTotal: Readonly<Record<Split, number>>;
  /** Bytes as stored, whether fetched or kept from an earlier visit. */
  readonly bytes: number;
  readonly bytesTotal: number;
}

export interface StreamOptions {
  /** Absolute address of the data folder, with or without a slash at its end. */
  readonly baseUrl: string;
  /** Called once, before the first shard. */
  readonly onManifest: (manifest: Manifest) => void;
  /** Called for each shard in order, all of the training samples before the test samples. */
  readonly onShard: (shard: ArrivedShard) => void;
  readonly onProgress?: (progress: StreamProgress) => void;
  /**
   * Called when a file failed in all tries: the stream waits for `retry`, or until it is worth trying again. What arrived
   * stays usable.
   */
  readonly onFailure: (error: DatasetError) => void;
  readonly signal?: AbortSignal;
  readonly fetch?: typeof fetch;
  readonly caches?: CacheStorage | undefined;
  readonly sleep?: Sleep;
  readonly online?: () => boolean;
  readonly stallAfter?: number;
  readonly waitToRetry?: WaitToRetry;
}

/** A stream under way. */
export interface DatasetStream {
  /** True when everything has arrived, false when aborted. */
  readonly done: Promise<boolean>;
  /** Goes on after a failure, at the file that failed; does nothing while the stream runs. */
  retry(): void;
}

/** Downloads under way at once. */
const AHEAD = 4;

/**
 * Streams the data set, shard after shard in a fixed order; a file is tried three times before its failure is reported.
 */
export function streamDataset(options: StreamOptions): DatasetStream {
  const source = sourceOf(options);
  const pause = new Pause(options.onFailure, options.waitToRetry ?? waitToRetry, source.signal);
  const done = run(source, options, pause).catch((error: unknown) => {
    if (source.signal.aborted) return false;
    throw error;
  });
  return { done, retry: () => pause.end() };
}

function sourceOf(options: StreamOptions): Source {
  return {
    baseUrl: options.baseUrl.replace(/\/?$/, '/'),
    signal: options.signal ?? new AbortController().signal,
    // Browsers refuse a fetch that is called as a method of another object.
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    cache: openByteCache('caches' in options ? options.caches : globalThis.caches),
    sleep: options.sleep ?? sleep,
    online: options.online ?? (() => globalThis.navigator?.onLine !== false),
    stallAfter: options.stallAfter ?? 20_000,
  };
}

async function run(source: Source, options: StreamOptions, pause: Pause): Promise<boolean> {
  const manifest = await pause.persist(() => loadManifest(source));
  source.signal.throwIfAborted();
  options.onManifest(manifest);
  const shards = inOrder(manifest);
  const classes = classCountOf(manifest.spec);
  const load = async (index: number) => loadShard(at(shards, index), classes, source);
  const ahead = new ReadAhead(shards.length, AHEAD, load);
  let progress = noProgress(manifest);
  for (let index = 0; index < shards.length; index++) {
    const shard = await pause.persist(
      () => ahead.take(index),
      () => ahead.restart(),
    );
    source.signal.throwIfAborted();
    options.onShard({ ...shard, first: progress.samples[shard.entry.split] });
    progress = advance(progress, shard.entry);
    options.onProgress?.(progress);
  }
  return true;
}

function inOrder({ shards }: Manifest): readonly ShardEntry[] {
  return [...shards.filter(({ split }) => split === 'train'), ...shards.filter(({ split }) => split === 'test')];
}

function noProgress(manifest: Manifest): StreamProgress {
  return {
    shards: 0,
    shardsTotal: manifest.shards.length,
    samples: { train: 0, test: 0 },
    samplesTotal: manifest.spec.splits,
    bytes: 0,
    bytesTotal: manifest.shards.reduce((sum, shard) => sum + shard.stored.bytes, 0),
  };
}

function advance(progress: StreamProgress, { split, count, stored }: ShardEntry): StreamProgress {
  return {
    ...progress,
    shards: progress.shards + 1,
    samples: { ...progress.samples, [split]: progress.samples[split] + count },
    bytes: progress.bytes + stored.bytes,
  };
}
