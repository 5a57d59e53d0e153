import { describe, expect, it } from 'vitest';
import { isSameDataset } from '../../../src/core/dataset/spec.ts';
import { parseManifest } from '../../../src/dataset/manifest.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { numberFields } from '../../support/number-fields.ts';
import { MANIFEST, MANIFEST_TEXT } from './support.ts';

describe('the manifest of Fashion-MNIST', () => {
  it('describes 60 training and 10 test shards of 1,000 images', () => {
    expect(MANIFEST.shards.map(({ file }) => file)).toEqual([
      ...Array.from({ length: 60 }, (_, i) => `train-${String(i).padStart(2, '0')}.bin`),
      ...Array.from({ length: 10 }, (_, i) => `test-0${i}.bin`),
    ]);
    expect(new Set(MANIFEST.shards.map(({ count }) => count))).toEqual(new Set([1000]));
  });

  it('says of the data set what the app knows of it before it has arrived', () => {
    expect(MANIFEST.spec).toEqual(FASHION_MNIST);
  });
});

describe('parseManifest', () => {
  const change = (edit: (manifest: Record<string, unknown>) => void) => {
    const manifest: Record<string, unknown> = JSON.parse(MANIFEST_TEXT);
    edit(manifest);
    return () => parseManifest(JSON.stringify(manifest));
  };
  const changeTo = (values: object) => change((manifest) => Object.assign(manifest, values));
  const [train, test] = ['train', 'test'].map((split) => MANIFEST.shards.find((shard) => shard.split === split));
  const firstShard = (edit: object) => changeTo({ shards: [{ ...train, ...edit }, test] });
  const images = FASHION_MNIST.samples;
  const table = { kind: 'table', storage: 'float32', scale: 1 };

  it('reads a table of floats, whose samples take four bytes a number and a category', () => {
    const fields = [
      ...numberFields('width'),
      { kind: 'category', name: 'colour', categories: ['red', 'green'], fill: null },
    ];
    const samples = { ...table, fields, answer: 'kind' };
    const shard = (split: string, count: number) => ({
      ...train,
      file: `${split}.bin`,
      split,
      count,
      raw: { bytes: count * 13, sha256: train?.raw.sha256 },
    });
    const { spec, shards } = changeTo({
      id: 'beetles',
      samples,
      classes: ['stag', 'ladybird'],
      library: null,
      capabilities: [],
      shards: [shard('train', 90), shard('test', 30)],
    })();
    expect(spec.samples).toEqual(samples);
    expect(spec.splits).toEqual({ train: 90, test: 30 });
    expect(shards).toHaveLength(2);
  });

  it('reads a table of the form before there were fields', () => {
    const shard = (split: string) => ({
      ...train,
      file: `${split}.bin`,
      split,
      count: 9,
      raw: { ...train?.raw, bytes: 81 },
    });
    const { spec } = changeTo({
      samples: {
        ...table,
        columns: [
          { name: 'width', unit: 'mm' },
          { name: 'height', unit: '' },
        ],
      },
      classes: ['stag', 'ladybird'],
      capabilities: [],
      shards: [shard('train'), shard('test')],
    })();
    const range = { least: 0, most: 1, standardised: null, fill: null };
    expect(spec.samples).toEqual({
      ...table,
      fields: [
        { kind: 'number', name: 'width', unit: 'mm', ...range },
        { kind: 'number', name: 'height', unit: '', ...range },
      ],
      answer: 'class',
    });
    // It is kept as a table of today, and is the same data set then.
    const kept = changeTo({ ...spec, shards: [shard('train'), shard('test')] })().spec;
    expect(isSameDataset(kept, spec)).toBe(true);
  });

  it('refuses what is not JSON, with a sentence that says what to do', () => {
    expect(() => parseManifest('<!doctype html>')).toThrow(
      'manifest.json does not describe data that this page can read (it is not JSON). Press Retry',
    );
  });

  it.each([
    ['another format', changeTo({ format: 1 }), 'format: Invalid type: Expected 2'],
    ['no shards', changeTo({ shards: [] }), 'shards: Invalid length'],
    ['a single class', changeTo({ classes: ['cat'] }), 'classes: Invalid length'],
    ['two classes of one name', changeTo({ classes: ['cat', 'cat'] }), 'classes: two classes have the same name'],
    ['an id that is no part of an address', changeTo({ id: '../other' }), 'id: Invalid format'],
    ['samples of a kind that nobody knows', changeTo({ samples: { ...images, kind: 'sound' } }), 'samples.kind'],
    ['images without a width', changeTo({ samples: { ...images, width: 0 } }), 'samples.width: Invalid value'],
    ['images of a thousand channels', changeTo({ samples: { ...images, channels: 1000 } }), 'samples.channels'],
    ['a table without columns', changeTo({ samples: { ...images, kind: 'table', fields: [] } }), 'samples.fields'],
    ['a scale of 0', changeTo({ samples: { ...images, scale: 0 } }), 'samples.scale: Invalid value'],
    ['a capability that the app has not', changeTo({ capabilities: ['telepathy'] }), 'capabilities.0'],
    ['a file outside the data folder', firstShard({ file: '../index.html' }), 'shards.0.file: Invalid format'],
    ['a file on another site', firstShard({ file: 'https://x.example/a.bin' }), 'shards.0.file: Invalid format'],
    ['a hash that is none', firstShard({ stored: { bytes: 1, sha256: 'abc' } }), 'shards.0.stored.sha256'],
    ['a count of a billion', firstShard({ count: 1e9 }), 'shards.0.count: Invalid value'],
    ['a size that does not fit the count', firstShard({ count: 999 }), 'shards.0: raw bytes must be 785 a sample'],
    ['one file for two shards', firstShard({ file: test?.file }), 'shards: two have the same file'],
    ['nothing to test on', changeTo({ shards: [train] }), 'shards: there is none for test'],
    [
      'more than fits into memory',
      changeTo({
        shards: Array.from({ length: 700 }, (_, i) => ({
          ...(i === 0 ? test : train),
          file: `${i}.bin`,
          count: 1000,
        })),
      }),
      'shards: 549,500,000 bytes in all, and a page can hold 512,000,000',
    ],
  ])('refuses %s, and names the place', (_, parse, place) => {
    expect(parse).toThrow(expect.objectContaining({ name: 'DatasetError', code: 'manifest', file: 'manifest.json' }));
    expect(parse).toThrow(place);
  });
});
