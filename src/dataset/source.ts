import type { ByteCache } from './cache.ts';
import { type Download, download, type HttpClient } from './download.ts';
import { MANIFEST_FILE, type Manifest, parseManifest, type ShardEntry } from './manifest.ts';
import { type Sleep, withRetries } from './retry.ts';
import { type Shard, unpackShard } from './shard.ts';

/** Where the data folder is, and what is needed to load from it. */
export interface Source extends HttpClient {
  /** Absolute address of the data folder, ending with a slash. */
  readonly baseUrl: string;
  readonly cache: ByteCache;
  readonly sleep: Sleep;
  readonly signal: AbortSignal;
}

const MANIFEST_LIMIT = 1_000_000;

/**
 * The manifest from the network. If that fails, the one cached on the last visit, without waiting; without one, two
 * more tries follow.
 */
export function loadManifest(source: Source): Promise<Manifest> {
  const url = new URL(MANIFEST_FILE, source.baseUrl).href;
  const attempt = async () => {
    try {
      return await fetchManifest(url, source);
    } catch (error) {
      source.signal.throwIfAborted();
      const kept = await readKeptManifest(url, source.cache);
      if (kept === null) throw error;
      return kept;
    }
  };
  return withRetries(attempt, source.sleep, source.signal);
}

async function readKeptManifest(url: string, cache: ByteCache): Promise<Manifest | null> {
  const bytes = await cache.read(url);
  if (bytes === null) return null;
  try {
    return parseManifest(new TextDecoder().decode(bytes));
  } catch {
    // Kept by an older version of the page.
    return null;
  }
}

async function fetchManifest(url: string, source: Source): Promise<Manifest> {
  const bytes = await fetchFile(url, MANIFEST_FILE, MANIFEST_LIMIT, 'no-cache', source);
  const manifest = parseManifest(new TextDecoder().decode(bytes));
  await source.cache.write(url, bytes);
  return manifest;
}

/**
 * A shard of a data set of so many classes, from the cache, else from the network in at most three tries. Throws a
 * DatasetError.
 */
export async function loadShard(entry: ShardEntry, classes: number, source: Source): Promise<Shard> {
  const url = new URL(entry.file, source.baseUrl).href;
  // Kept under its hash: when the data changes, what an older visit kept is not found.
  const key = `${url}?sha256=${entry.stored.sha256}`;
  const unpack: Unpack = (bytes) => unpackShard(entry, classes, bytes);
  const kept = await readKept(key, source.cache, unpack);
  if (kept !== null) return kept;
  return withRetries((number) => fetchShard({ entry, url, key, unpack }, number, source), source.sleep, source.signal);
}

type Unpack = (bytes: Uint8Array<ArrayBuffer>) => Promise<Shard>;

async function readKept(key: string, cache: ByteCache, unpack: Unpack): Promise<Shard | null> {
  const bytes = await cache.read(key);
  if (bytes === null) return null;
  // A damaged copy is fetched again, which overwrites it.
  return unpack(bytes).catch(() => null);
}

/** What is fetched, where it is cached, and what is made of it. */
interface ShardRequest {
  readonly entry: ShardEntry;
  readonly url: string;
  readonly key: string;
  readonly unpack: Unpack;
}

async function fetchShard({ entry, url, key, unpack }: ShardRequest, number: number, source: Source): Promise<Shard> {
  // A second try must not be answered from the browser's HTTP cache: that may be where the damaged copy came from.
  const mode = number === 0 ? 'default' : 'reload';
  const bytes = await fetchFile(url, entry.file, entry.stored.bytes, mode, source);
  const shard = await unpack(bytes);
  await source.cache.write(key, bytes);
  return shard;
}

function fetchFile(url: string, file: string, limit: number, cache: Download['cache'], source: Source) {
  return download({ url, file, limit, cache, signal: source.signal }, source);
}
