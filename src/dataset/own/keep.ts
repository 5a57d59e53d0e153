import type { OwnDataset } from '../../core/dataset/own-dataset.ts';
import { type DatasetSpec, type Split, sampleBytesOf } from '../../core/dataset/spec.ts';
import { sha256 } from '../digest.ts';
import { MANIFEST_FILE, type ShardEntry } from '../manifest.ts';
import type { LabelledSamples } from '../store.ts';
import { filesOf, SET_VERSION, type SetRecord, withOwnData } from './database.ts';

/** A data set that was read and is to be kept: all but its id, which follows from what it holds. */
export interface MadeData {
  readonly description: Omit<DatasetSpec, 'id' | 'splits'>;
  /** In the order in which the first epoch takes them. */
  readonly samples: Readonly<Record<Split, LabelledSamples>>;
}

/** How the keeping goes on. */
export interface KeepingOptions {
  readonly onProgress: (done: number, total: number) => void;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Training begins with the first shard, and a manifest lists at most about so many. */
const LEAST_SHARD = 1000;
const MOST_SHARDS = 1000;

interface StoredFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

interface StoredShard extends StoredFile {
  readonly entry: ShardEntry;
}

/**
 * Keeps a data set in the browser as the data folder that `npm run data` would write. The same data under the same title take
 * the place of what was kept of them. Rejects with a DOMException (`QuotaExceededError` where there is no room); nothing is
 * kept then.
 */
export async function keepOwnData({ description, samples }: MadeData, options: KeepingOptions): Promise<OwnDataset> {
  const splits = { train: samples.train.labels.length, test: samples.test.labels.length };
  const id = `${slugOf(description.title)}-${hexOf(fingerprint(samples))}`;
  const spec: DatasetSpec = { ...description, id, splits };
  const shards = await shardsOf(spec, samples, options.onProgress);
  const { splits: _, ...described } = spec;
  const manifest = { format: 2, ...described, shards: shards.map(({ entry }) => entry) };
  const text = new TextEncoder().encode(JSON.stringify(manifest));
  const files: readonly StoredFile[] = [...shards, { name: MANIFEST_FILE, bytes: text }];
  const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
  const record: SetRecord = { version: SET_VERSION, spec, bytes, made: options.now };
  await withOwnData(async (database) => {
    const transaction = database.transaction(['set', 'file'], 'readwrite');
    const store = transaction.objectStore('file');
    const writes: Promise<unknown>[] = [store.delete(filesOf(id))];
    for (const file of files) writes.push(store.put(file.bytes, [id, file.name]));
    writes.push(transaction.objectStore('set').put(record, id));
    await Promise.all([...writes, transaction.done]);
  });
  return { spec, bytes, made: options.now };
}

async function shardsOf(
  spec: DatasetSpec,
  samples: MadeData['samples'],
  onProgress: KeepingOptions['onProgress'],
): Promise<readonly StoredShard[]> {
  const size = sampleBytesOf(spec);
  const total = samples.train.labels.length + samples.test.labels.length;
  const each = Math.max(LEAST_SHARD, Math.ceil(total / MOST_SHARDS));
  const shards: StoredShard[] = [];
  let done = 0;
  for (const split of ['train', 'test'] as const) {
    const { labels, values } = samples[split];
    for (let first = 0; first < labels.length; first += each) {
      const count = Math.min(each, labels.length - first);
      const raw = new Uint8Array(count * (1 + size));
      raw.set(labels.subarray(first, first + count));
      raw.set(values.subarray(first * size, (first + count) * size), count);
      const bytes = await gzipped(raw);
      const name = `${split}-${first}.bin`;
      const entry = { file: name, split, count, stored: await digestOf(bytes), raw: await digestOf(raw) };
      shards.push({ name, bytes, entry });
      done += count;
      onProgress(done, total);
    }
  }
  return shards;
}

async function gzipped(raw: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([raw]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** A page without `crypto.subtle` cannot compare what it has written here either. */
async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<ShardEntry['raw']> {
  return { bytes: bytes.length, sha256: (await sha256(bytes)) ?? '0'.repeat(64) };
}

/** A title as lower-case letters, digits and hyphens. */
function slugOf(title: string): string {
  const plain = title.normalize('NFKD').toLowerCase();
  return (
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40)
      .replace(/-+$/, '') || 'data'
  );
}

/** FNV-1a, 32 bits, over all labels and values. */
function fingerprint(samples: MadeData['samples']): number {
  let hash = 0x811c9dc5;
  for (const split of ['train', 'test'] as const) {
    for (const bytes of [samples[split].labels, samples[split].values]) {
      for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
    }
  }
  return hash >>> 0;
}

function hexOf(hash: number): string {
  return hash.toString(16).padStart(8, '0');
}
