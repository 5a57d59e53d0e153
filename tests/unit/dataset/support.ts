import { readFileSync } from 'node:fs';
import { vi } from 'vitest';
import type { Split } from '../../../src/core/dataset/spec.ts';
import { type Manifest, parseManifest, type ShardEntry } from '../../../src/dataset/manifest.ts';
import { type ArrivedShard, type StreamOptions, streamDataset } from '../../../src/dataset/stream.ts';

const DATA = new URL('../../../public/data/', import.meta.url);

export const BASE_URL = 'https://lab.example/course/data/';

/** A file of public/data, as the server would send it. */
export function dataFile(file: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(file, DATA)));
}

export const MANIFEST_TEXT = readFileSync(new URL('manifest.json', DATA), 'utf8');

export const MANIFEST: Manifest = parseManifest(MANIFEST_TEXT);

/** The manifest cut down to the first shards of each split. */
export function smallManifest(train: number, test: number): Manifest {
  const first = (split: Split, count: number) =>
    MANIFEST.shards.filter((shard) => shard.split === split).slice(0, count);
  return manifestOf([...first('train', train), ...first('test', test)]);
}

/** What is read of a manifest with these shards. */
function manifestOf(shards: readonly ShardEntry[]): Manifest {
  return parseManifest(manifestText(shards));
}

/** A manifest with these shards as the server has it. */
function manifestText(shards: readonly ShardEntry[]): string {
  return JSON.stringify({ ...JSON.parse(MANIFEST_TEXT), shards });
}

export function shardEntry(file: string): ShardEntry {
  const entry = MANIFEST.shards.find((shard) => shard.file === file);
  if (entry === undefined) throw new Error(`The manifest has no ${file}.`);
  return entry;
}

/** What a server does with a request; null leaves it to the real file. */
export type Answer = (file: string, nth: number, init: RequestInit | undefined) => Response | Promise<Response> | null;

export interface FakeServer {
  readonly fetch: typeof fetch;
  /** Names of the files asked for, in order. */
  readonly requests: string[];
  /** The `cache` option of each request. */
  readonly modes: (RequestCache | undefined)[];
  answer: Answer;
}

/** Serves public/data with this manifest, except where `answer` says otherwise. */
export function fakeServer(manifest: Manifest, answer: Answer = () => null): FakeServer {
  const server: FakeServer = {
    answer,
    requests: [],
    modes: [],
    fetch: async (input, init) => {
      const url = String(input);
      if (!url.startsWith(BASE_URL)) throw new Error(`${url} is not in the data folder.`);
      const file = url.slice(BASE_URL.length);
      server.requests.push(file);
      server.modes.push(init?.cache);
      init?.signal?.throwIfAborted();
      const nth = server.requests.filter((name) => name === file).length;
      const own = await server.answer(file, nth, init);
      return own ?? new Response(file === 'manifest.json' ? manifestText(manifest.shards) : dataFile(file));
    },
  };
  return server;
}

/** A fetch that never answers, until it is aborted. */
export function hang(init: RequestInit | undefined): Promise<Response> {
  return new Promise((_, reject) => {
    init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
  });
}

/** The browser's cache, in memory. */
export class MemoryCaches implements CacheStorage {
  readonly stored = new Map<string, Uint8Array<ArrayBuffer>>();

  async open(): Promise<Cache> {
    const unused = async () => {
      throw new Error('The app does not use this.');
    };
    return {
      match: async (key) => {
        const bytes = this.stored.get(String(key));
        return bytes && new Response(bytes);
      },
      put: async (key, response) => {
        this.stored.set(String(key), new Uint8Array(await response.arrayBuffer()));
      },
      add: unused,
      addAll: unused,
      delete: unused,
      keys: unused,
      matchAll: unused,
    };
  }

  async match() {
    return undefined;
  }

  async has() {
    return true;
  }

  async delete() {
    return false;
  }

  async keys() {
    return [];
  }
}

/** Streams with fakes, and records what came. Every failure is answered by `onFailure`, if it is given. */
export function record(server: FakeServer, options: Partial<StreamOptions> = {}) {
  const shards: ArrivedShard[] = [];
  const failures: { code: string; file: string; message: string }[] = [];
  const pauses: number[] = [];
  const stream = streamDataset({
    baseUrl: BASE_URL,
    fetch: server.fetch,
    caches: undefined,
    sleep: async (ms) => {
      pauses.push(ms);
    },
    online: () => true,
    onManifest: () => undefined,
    onShard: (shard) => shards.push(shard),
    ...options,
    onFailure: (error) => {
      failures.push({ code: error.code, file: error.file, message: error.message });
      options.onFailure?.(error);
    },
  });
  return { shards, failures, pauses, stream };
}

/** Waits for something that must come about, however slow the machine; the test runner's limit ends it. */
export function until(condition: () => boolean): Promise<boolean> {
  return vi.waitUntil(condition, { timeout: 60_000, interval: 1 });
}
