import * as v from 'valibot';
import { CLASS_NAMES } from '../core/dataset/classes.ts';
import { DatasetError } from './errors.ts';

/** The manifest's name in the data folder. */
export const MANIFEST_FILE = 'manifest.json';

const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000));

const digest = v.pipe(
  v.object({
    bytes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000_000)),
    sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  }),
  v.readonly(),
);

const shardEntry = v.pipe(
  v.object({
    // A plain name: no entry can lead out of the data folder.
    file: v.pipe(v.string(), v.regex(/^[\w-]+\.bin$/)),
    split: v.picklist(['train', 'test']),
    count,
    stored: digest,
    raw: digest,
  }),
  v.check((entry) => entry.raw.bytes === entry.count * (1 + 784), 'raw bytes must be 785 an image'),
  v.readonly(),
);

const manifestSchema = v.pipe(
  v.object({
    format: v.literal(1),
    name: v.string(),
    licence: v.pipe(v.object({ name: v.string(), holder: v.string(), file: v.string() }), v.readonly()),
    citation: v.string(),
    classes: v.pipe(
      v.array(v.string()),
      v.check((names) => names.join('\n') === CLASS_NAMES.join('\n'), 'must be the ten garments in their order'),
      v.readonly(),
    ),
    image: v.pipe(v.object({ height: v.literal(28), width: v.literal(28), channels: v.literal(1) }), v.readonly()),
    mean: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    standardDeviation: v.pipe(v.number(), v.gtValue(0), v.maxValue(1)),
    shards: v.pipe(v.array(shardEntry), v.minLength(1), v.maxLength(1000), v.readonly()),
  }),
  v.readonly(),
);

/**
 * The contents of the data folder, written by `npm run data`. Mean and standard deviation are those of the training
 * pixels scaled to 0 ... 1.
 */
export type Manifest = v.InferOutput<typeof manifestSchema>;

/** One shard: its file, how many images it holds, and size and SHA-256 of the gzip file and of its contents. */
export type ShardEntry = v.InferOutput<typeof shardEntry>;

/** The two parts that the data set's authors made. */
export type Split = ShardEntry['split'];

/** Reads a manifest's text. Throws a DatasetError `manifest` that names the first thing wrong. */
export function parseManifest(text: string): Manifest {
  const result = v.safeParse(manifestSchema, parseJson(text), { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new DatasetError('manifest', MANIFEST_FILE, `${v.getDotPath(issue) ?? 'as a whole'}: ${issue.message}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DatasetError('manifest', MANIFEST_FILE, 'it is not JSON', { cause: error });
  }
}

/** How many images each split holds once all shards are there. */
export function imageCounts(manifest: Manifest): Record<Split, number> {
  const counts = { train: 0, test: 0 };
  for (const shard of manifest.shards) counts[shard.split] += shard.count;
  return counts;
}
