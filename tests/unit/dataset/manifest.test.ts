import { describe, expect, it } from 'vitest';
import { imageCounts, parseManifest } from '../../../src/dataset/manifest.ts';
import { MANIFEST, MANIFEST_TEXT } from './support.ts';

describe('the manifest', () => {
  it('describes 60 training and 10 test shards of 1,000 images', () => {
    expect(imageCounts(MANIFEST)).toEqual({ train: 60_000, test: 10_000 });
    expect(MANIFEST.shards.map(({ file }) => file)).toEqual([
      ...Array.from({ length: 60 }, (_, i) => `train-${String(i).padStart(2, '0')}.bin`),
      ...Array.from({ length: 10 }, (_, i) => `test-0${i}.bin`),
    ]);
    expect(new Set(MANIFEST.shards.map(({ count }) => count))).toEqual(new Set([1000]));
  });

  it('gives the mean and the standard deviation of the training pixels', () => {
    expect(MANIFEST.mean).toBeCloseTo(0.28604, 5);
    expect(MANIFEST.standardDeviation).toBeCloseTo(0.35302, 5);
  });

  it('names the licence and the paper', () => {
    expect(MANIFEST.licence).toEqual({ name: 'MIT', holder: 'Zalando SE', file: 'LICENSE' });
    expect(MANIFEST.citation).toContain('arXiv:1708.07747');
  });
});

describe('parseManifest', () => {
  const change = (edit: (manifest: Record<string, unknown>) => void) => {
    const manifest: Record<string, unknown> = JSON.parse(MANIFEST_TEXT);
    edit(manifest);
    return () => parseManifest(JSON.stringify(manifest));
  };
  const firstShard = (edit: object) =>
    change((manifest) => {
      manifest['shards'] = [{ ...MANIFEST.shards[0], ...edit }];
    });

  it('refuses what is not JSON, with a sentence that says what to do', () => {
    expect(() => parseManifest('<!doctype html>')).toThrow(
      'manifest.json does not describe images that this page can read (it is not JSON). Reload the page',
    );
  });

  it.each([
    ['another format', change((manifest) => (manifest['format'] = 2)), 'format: Invalid type: Expected 1'],
    ['no shards', change((manifest) => (manifest['shards'] = [])), 'shards: Invalid length'],
    [
      'classes in another order',
      change((manifest) => (manifest['classes'] = MANIFEST.classes.toReversed())),
      'classes: must be the ten garments in their order',
    ],
    ['a file outside the data folder', firstShard({ file: '../index.html' }), 'shards.0.file: Invalid format'],
    ['a file on another site', firstShard({ file: 'https://x.example/a.bin' }), 'shards.0.file: Invalid format'],
    ['a hash that is none', firstShard({ stored: { bytes: 1, sha256: 'abc' } }), 'shards.0.stored.sha256'],
    ['a count of a billion', firstShard({ count: 1e9 }), 'shards.0.count: Invalid value'],
    ['a size that does not fit the count', firstShard({ count: 999 }), 'shards.0: raw bytes must be 785 an image'],
  ])('refuses %s, and names the place', (_, parse, place) => {
    expect(parse).toThrow(expect.objectContaining({ name: 'DatasetError', code: 'manifest', file: 'manifest.json' }));
    expect(parse).toThrow(place);
  });
});
