import { createHash } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { idxHeader } from '../../../scripts/data/idx-bytes.mjs';
import { SampleStore } from '../../../src/dataset/store.ts';
import { fakeServer, MANIFEST, record } from './support.ts';

vi.setConfig({ testTimeout: 60_000 });

it('streams all 70,000 images so that the four IDX files can be put together again, byte for byte', async () => {
  const store = new SampleStore(MANIFEST.spec);
  const { stream, failures } = record(fakeServer(MANIFEST), {
    onShard: (shard) => store.add(shard.entry.split, shard.first, shard),
  });
  expect(await stream.done).toBe(true);
  expect(failures).toEqual([]);
  const hashOf = (shape: readonly number[], data: Uint8Array) =>
    createHash('sha256').update(idxHeader(shape)).update(data).digest('hex');
  const hashes = (['train', 'test'] as const).flatMap((split) => [
    hashOf([store.total(split), 28, 28], store.values(split)),
    hashOf([store.total(split)], store.labels(split)),
  ]);
  // SHA-256 of the decompressed files as Zalando SE publishes them.
  expect(hashes).toEqual([
    'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
    'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
    '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
    '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
  ]);
});
