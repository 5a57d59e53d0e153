import { numberText } from '../core/text/number-text.ts';
import { sha256 } from './digest.ts';
import { DatasetError } from './errors.ts';
import type { ShardEntry } from './manifest.ts';

/** The samples of one shard. */
export interface Shard {
  readonly entry: ShardEntry;
  /** Class numbers, from 0: [count]. */
  readonly labels: Uint8Array<ArrayBuffer>;
  /** The samples as they are stored: [count, bytes of a sample]. */
  readonly values: Uint8Array<ArrayBuffer>;
}

/**
 * Checks and inflates the bytes of a shard's file: its labels, all below `classes`, then its samples. Throws a
 * DatasetError `html`, `truncated` or `corrupt`. Where the browser has no SHA-256 (see `sha256`), only sizes and gzip's own CRC-32 are
 * checked.
 */
export async function unpackShard(entry: ShardEntry, classes: number, stored: Uint8Array<ArrayBuffer>): Promise<Shard> {
  checkKind(entry.file, stored);
  await checkDigest(entry.file, stored, entry.stored);
  const raw = await inflate(entry.file, stored);
  await checkDigest(entry.file, raw, entry.raw);
  const labels = raw.slice(0, entry.count);
  const unknown = labels.find((label) => label >= classes);
  if (unknown !== undefined)
    throw new DatasetError('corrupt', entry.file, `it has label ${unknown}, and there are ${classes} classes`);
  return { entry, labels, values: raw.subarray(entry.count) };
}

function checkKind(file: string, bytes: Uint8Array): void {
  const [first, second] = bytes;
  if (first === undefined || (first === 0x1f && (second === undefined || second === 0x8b))) return;
  if (/^\s*</.test(new TextDecoder().decode(bytes.subarray(0, 64)))) throw new DatasetError('html', file);
  throw new DatasetError('corrupt', file, 'it does not begin as a gzip file does');
}

async function checkDigest(file: string, bytes: Uint8Array<ArrayBuffer>, expected: ShardEntry['raw']): Promise<void> {
  const [have, want] = [numberText(bytes.length), numberText(expected.bytes)];
  if (bytes.length < expected.bytes) throw new DatasetError('truncated', file, `${have} of ${want} bytes`);
  if (bytes.length > expected.bytes) throw new DatasetError('corrupt', file, `it has ${have} bytes, not ${want}`);
  const hash = await sha256(bytes);
  if (hash !== null && hash !== expected.sha256) throw new DatasetError('corrupt', file, 'its checksum does not match');
}

async function inflate(file: string, stored: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const raw = new Blob([stored]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(raw).arrayBuffer());
  } catch (error) {
    throw new DatasetError('corrupt', file, 'it cannot be inflated', { cause: error });
  }
}
