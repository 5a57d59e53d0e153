import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import type { ArrivedShard, StreamProgress } from '../../../src/dataset/stream.ts';
import { dataFile, fakeServer, hang, MemoryCaches, record, smallManifest, until } from './support.ts';

vi.setConfig({ testTimeout: 60_000 });

const small = smallManifest(5, 1);
const FILES = small.shards.map(({ file }) => file);

function fingerprint({ entry, first, labels, values }: ArrivedShard) {
  return [entry.file, first, createHash('sha256').update(labels).update(values).digest('hex')];
}

function damaged(file: string): Response {
  const bytes = dataFile(file);
  bytes[1000] = (bytes[1000] ?? 0) ^ 0xff;
  return new Response(bytes);
}

describe('streamDataset', () => {
  it('hands the shards on in order, with their places, though later ones arrive first', async () => {
    let letFirstGo = () => {};
    const first = new Promise<void>((resolve) => {
      letFirstGo = resolve;
    });
    const server = fakeServer(small, (file) => {
      if (file === 'train-03.bin') letFirstGo();
      return file === 'train-00.bin' ? first.then(() => new Response(dataFile(file))) : null;
    });
    const { stream, shards } = record(server);
    expect(await stream.done).toBe(true);
    expect(shards.map(({ entry, first }) => [entry.file, first])).toEqual([
      ['train-00.bin', 0],
      ['train-01.bin', 1000],
      ['train-02.bin', 2000],
      ['train-03.bin', 3000],
      ['train-04.bin', 4000],
      ['test-00.bin', 0],
    ]);
  });

  it('fetches four shards ahead and no more', async () => {
    const server = fakeServer(small, (file, _, init) => (file === 'train-00.bin' ? hang(init) : null));
    const abort = new AbortController();
    const { stream } = record(server, { signal: abort.signal });
    await until(() => server.requests.length === 5);
    expect(server.requests).toEqual(['manifest.json', ...FILES.slice(0, 4)]);
    abort.abort();
    await stream.done;
    expect(server.requests.length).toBe(5);
  });

  it('tells how far it is, in shards, samples and bytes', async () => {
    const progress: StreamProgress[] = [];
    const { stream } = record(fakeServer(smallManifest(1, 1)), { onProgress: (step) => progress.push(step) });
    await stream.done;
    const samplesTotal = { train: 1000, test: 1000 };
    const [first, second] = smallManifest(1, 1).shards.map(({ stored }) => stored.bytes);
    const bytesTotal = (first ?? 0) + (second ?? 0);
    expect(progress).toEqual([
      { shards: 1, shardsTotal: 2, samples: { train: 1000, test: 0 }, samplesTotal, bytes: first, bytesTotal },
      { shards: 2, shardsTotal: 2, samples: { train: 1000, test: 1000 }, samplesTotal, bytes: bytesTotal, bytesTotal },
    ]);
  });

  it('tries a damaged shard three times, past the HTTP cache, with growing pauses', async () => {
    const server = fakeServer(small, (file, nth) => (file === 'train-02.bin' && nth < 3 ? damaged(file) : null));
    const { stream, failures, pauses, shards } = record(server);
    await stream.done;
    const modes = server.modes.filter((_, i) => server.requests[i] === 'train-02.bin');
    expect(modes).toEqual(['default', 'reload', 'reload']);
    expect(pauses).toEqual([500, 1000]);
    expect(failures).toEqual([]);
    expect(shards.length).toBe(6);
  });

  it.each([
    ['corrupt', damaged('train-02.bin'), 'train-02.bin arrived damaged: its checksum does not match.'],
    ['truncated', new Response(dataFile('train-02.bin').slice(0, 99)), 'Only 99 of '],
    ['corrupt', new Response(new Uint8Array(500_000)), 'it is larger than '],
    [
      'html',
      new Response('<!doctype html>', { headers: { 'content-type': 'text/html; charset=utf-8' } }),
      'The server sent a web page in place of train-02.bin',
    ],
    ['html', new Response('<html>without a type</html>', { headers: { 'content-type': '' } }), 'a web page'],
    ['missing', new Response('Not found', { status: 404 }), 'The server does not have train-02.bin.'],
    ['server', new Response('Busy', { status: 503 }), 'with error 503. Wait a moment'],
  ])('pauses at a shard that is %s, and goes on where it stopped', async (code, response, sentence) => {
    const server = fakeServer(small, (file) => (file === 'train-02.bin' ? response.clone() : null));
    const { stream, failures, shards } = record(server);
    await until(() => failures.length === 1);
    expect(failures[0]).toMatchObject({ code, file: 'train-02.bin' });
    expect(failures[0]?.message).toContain(sentence);
    expect(failures[0]?.message).toContain('ress Retry');
    expect(server.requests.filter((file) => file === 'train-02.bin').length).toBe(3);
    expect(shards.map(({ entry }) => entry.file)).toEqual(FILES.slice(0, 2));

    server.answer = () => null;
    stream.retry();
    expect(await stream.done).toBe(true);
    expect(shards.map(({ entry }) => entry.file)).toEqual(FILES);
    expect(failures.length).toBe(1);
  });

  it('needs one Retry, not one a shard, when the network comes back', async () => {
    const server = fakeServer(small);
    const { stream, failures, shards } = record(server, {
      onShard: (shard) => {
        shards.push(shard);
        if (shards.length === 1) server.answer = () => Promise.reject(new TypeError('Failed to fetch'));
      },
    });
    await until(() => failures.length === 1);
    expect(failures[0]).toMatchObject({ code: 'network' });
    server.answer = () => null;
    stream.retry();
    expect(await stream.done).toBe(true);
    expect(failures.length).toBe(1);
    expect(shards.map(({ entry }) => entry.file)).toEqual(FILES);
  });

  it('fails again when a Retry does not help, and ignores Retry while it runs', async () => {
    const server = fakeServer(small, (file) => (file === 'train-00.bin' ? new Response('', { status: 404 }) : null));
    const { stream, failures } = record(server);
    stream.retry();
    await until(() => failures.length === 1);
    stream.retry();
    await until(() => failures.length === 2);
    server.answer = () => null;
    stream.retry();
    expect(await stream.done).toBe(true);
  });

  it('goes on by itself once it is worth trying again', async () => {
    const server = fakeServer(small, (file) => (file === 'train-02.bin' ? new Response('', { status: 503 }) : null));
    let recover = () => {};
    const recovered = new Promise<void>((resolve) => {
      recover = resolve;
    });
    const { stream, failures, shards } = record(server, { waitToRetry: () => recovered });
    await until(() => failures.length === 1);
    server.answer = () => null;
    recover();
    expect(await stream.done).toBe(true);
    expect(shards.map(({ entry }) => entry.file)).toEqual(FILES);
    expect(failures.length).toBe(1);
  });

  it('tells of a download that stalls after the first try', async () => {
    const server = fakeServer(small, (file, _, init) => (file === 'train-00.bin' ? hang(init) : null));
    const { stream, failures, pauses } = record(server, { stallAfter: 5 });
    await until(() => failures.length === 1);
    expect(failures[0]).toMatchObject({ code: 'stalled', file: 'train-00.bin' });
    expect(pauses).toEqual([]);
    server.answer = () => null;
    stream.retry();
    expect(await stream.done).toBe(true);
  });

  it('says that the device is offline where it knows', async () => {
    const abort = new AbortController();
    const server = fakeServer(small, () => Promise.reject(new TypeError('Failed to fetch')));
    const { stream, failures } = record(server, { online: () => false, signal: abort.signal });
    await until(() => failures.length === 1);
    expect(failures[0]).toMatchObject({ code: 'offline', file: 'manifest.json' });
    expect(failures[0]?.message).toContain('This device is offline');
    abort.abort();
    expect(await stream.done).toBe(false);
  });

  it('calls a connection that breaks half-way truncated', async () => {
    const broken = () => {
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(dataFile('train-00.bin').slice(0, 5000)),
        pull: (controller) => controller.error(new TypeError('network error')),
      });
      return new Response(body);
    };
    const server = fakeServer(small, (file) => (file === 'train-00.bin' ? broken() : null));
    const abort = new AbortController();
    const { stream, failures } = record(server, { signal: abort.signal });
    await until(() => failures.length === 1);
    expect(failures[0]?.code).toBe('truncated');
    expect(failures[0]?.message).toContain('Only 5,000 bytes of train-00.bin arrived.');
    abort.abort();
    await stream.done;
  });

  it('ends quietly when aborted, in a download or in a pause', async () => {
    const abort = new AbortController();
    const server = fakeServer(small, (_, __, init) => hang(init));
    const { stream, failures } = record(server, { signal: abort.signal });
    await until(() => server.requests.length === 1);
    abort.abort();
    expect(await stream.done).toBe(false);
    expect(failures).toEqual([]);
  });

  it('rejects when a listener throws: that is a programming error, not a failure of the data', async () => {
    const { stream, failures } = record(fakeServer(small), {
      onShard: () => {
        throw new RangeError('The listener is wrong.');
      },
    });
    await expect(stream.done).rejects.toThrow('The listener is wrong.');
    expect(failures).toEqual([]);
  });
});

describe('the second visit', () => {
  async function visit(caches: CacheStorage, server = fakeServer(small)) {
    const visited = record(server, { caches });
    expect(await visited.stream.done).toBe(true);
    expect(visited.failures).toEqual([]);
    return { ...visited, requests: server.requests };
  }

  it('fetches the manifest only', async () => {
    const caches = new MemoryCaches();
    const first = await visit(caches);
    const second = await visit(caches);
    expect(second.requests).toEqual(['manifest.json']);
    expect(second.shards.map(fingerprint)).toEqual(first.shards.map(fingerprint));
  });

  it('needs no network at all', async () => {
    const caches = new MemoryCaches();
    const first = await visit(caches);
    const offline = fakeServer(small, () => Promise.reject(new TypeError('Failed to fetch')));
    const second = await visit(caches, offline);
    expect(second.shards.map(fingerprint)).toEqual(first.shards.map(fingerprint));
    expect(second.pauses).toEqual([]);
  });

  it('fetches a shard again whose copy was damaged, and keeps the new one', async () => {
    const caches = new MemoryCaches();
    await visit(caches);
    const key = [...caches.stored.keys()].find((url) => url.includes('train-01.bin')) ?? '';
    expect(key).toMatch(/train-01\.bin\?sha256=[0-9a-f]{64}$/);
    caches.stored.set(key, new Uint8Array(5));
    expect((await visit(caches)).requests).toEqual(['manifest.json', 'train-01.bin']);
    expect((await visit(caches)).requests).toEqual(['manifest.json']);
  });

  it('does not use a kept manifest that it cannot read', async () => {
    const caches = new MemoryCaches();
    caches.stored.set('https://lab.example/course/data/manifest.json', new TextEncoder().encode('{"format":0}'));
    const abort = new AbortController();
    const server = fakeServer(small, () => Promise.reject(new TypeError('Failed to fetch')));
    const { stream, failures } = record(server, { caches, signal: abort.signal });
    await until(() => failures.length === 1);
    expect(failures[0]).toMatchObject({ code: 'network', file: 'manifest.json' });
    abort.abort();
    await stream.done;
  });

  it('works where the cache refuses everything, as with a full disk', async () => {
    const caches = new MemoryCaches();
    caches.open = () => Promise.reject(new DOMException('No space', 'QuotaExceededError'));
    await visit(caches);
    expect((await visit(caches)).requests.length).toBe(7);
  });
});
