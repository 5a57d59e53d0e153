import * as v from 'valibot';
import { type DatasetSpec, type Split, sampleBytesOf } from '../core/dataset/spec.ts';
import { numberText } from '../core/text/number-text.ts';
import { DatasetError } from './errors.ts';
import { specEntries, whole } from './spec-schema.ts';

/** The manifest's name in the data folder. */
export const MANIFEST_FILE = 'manifest.json';

/** A page keeps all samples in memory, so their bytes have a limit. */
const MOST_BYTES = 512_000_000;

const digest = v.pipe(
  v.object({ bytes: whole(1, 100_000_000), sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) }),
  v.readonly(),
);

const shardEntry = v.pipe(
  v.object({
    // A plain name: no entry can lead out of the data folder.
    file: v.pipe(v.string(), v.regex(/^[\w-]+\.bin$/)),
    split: v.picklist(['train', 'test']),
    count: whole(1, 1_000_000),
    stored: digest,
    raw: digest,
  }),
  v.readonly(),
);

const manifestSchema = v.object({
  format: v.literal(2),
  ...specEntries,
  shards: v.pipe(v.array(shardEntry), v.minLength(1), v.maxLength(10_000), v.readonly()),
});

/** One shard: its file, how many samples it holds, and size and SHA-256 of the gzip file and of its contents. */
export type ShardEntry = v.InferOutput<typeof shardEntry>;

/** Samples of a split that arrive together. */
export type Block = Pick<ShardEntry, 'split' | 'count'>;

/** The contents of the data folder, written by `npm run data`. */
export interface Manifest {
  readonly spec: DatasetSpec;
  readonly shards: readonly ShardEntry[];
}

/** Reads a manifest's text. Throws a DatasetError `manifest` that names the first thing wrong. */
export function parseManifest(manifestText: string): Manifest {
  const result = v.safeParse(manifestSchema, parseJson(manifestText), { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    throw refused(`${v.getDotPath(issue) ?? 'as a whole'}: ${issue.message}`);
  }
  const { format: _, shards, ...rest } = result.output;
  const spec: DatasetSpec = { ...rest, splits: sampleCounts(shards) };
  checkSizes(spec, shards);
  return { spec, shards };
}

function refused(detail: string, options?: ErrorOptions): DatasetError {
  return new DatasetError('manifest', MANIFEST_FILE, detail, options);
}

function parseJson(manifestText: string): unknown {
  try {
    return JSON.parse(manifestText);
  } catch (error) {
    throw refused('it is not JSON', { cause: error });
  }
}

/** Checks what no single field tells: whether the shards belong together, and how much memory they take. */
function checkSizes(spec: DatasetSpec, shards: readonly ShardEntry[]): void {
  const each = 1 + sampleBytesOf(spec);
  for (const [i, { count, raw }] of shards.entries()) {
    if (raw.bytes !== count * each) throw refused(`shards.${i}: raw bytes must be ${numberText(each)} a sample`);
  }
  if (new Set(shards.map(({ file }) => file)).size < shards.length) throw refused('shards: two have the same file');
  for (const split of ['train', 'test'] as const) {
    if (spec.splits[split] === 0) throw refused(`shards: there is none for ${split}`);
  }
  const bytes = (spec.splits.train + spec.splits.test) * each;
  if (bytes > MOST_BYTES) {
    throw refused(`shards: ${numberText(bytes)} bytes in all, and a page can hold ${numberText(MOST_BYTES)}`);
  }
}

/** How many samples each split has in all. */
function sampleCounts(shards: readonly ShardEntry[]): Record<Split, number> {
  const counts = { train: 0, test: 0 };
  for (const shard of shards) counts[shard.split] += shard.count;
  return counts;
}
