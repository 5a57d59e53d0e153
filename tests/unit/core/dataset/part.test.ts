import { describe, expect, test } from 'vitest';
import { blockOfPart, folderOfPart, partInAddress, partOf } from '../../../../src/core/dataset/part.ts';
import { PartBlocks } from '../../../../src/dataset/part-stream.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';

const CHOICE = { name: 'two classes', labels: [1, 8] };
const PART = partOf(FASHION_MNIST, CHOICE);

describe('some classes of a data set', () => {
  test('are a data set of their own, with their share of the samples', () => {
    expect(PART).toMatchObject({
      id: 'fashion-mnist-two-classes',
      title: 'Fashion-MNIST, two classes',
      classes: ['Trouser', 'Bag'],
      splits: { train: 12_000, test: 2000 },
      part: { labels: [1, 8] },
    });
    expect(PART.capabilities).toEqual(['drawing', 'solid', 'photo']);
  });

  test('have an address from which the choice can be read again', () => {
    const address = new URL(folderOfPart('data/', CHOICE), 'https://lab.example/app/').href;
    expect(partInAddress(address)).toEqual(CHOICE);
    expect(new URL('manifest.json', address).href).toBe('https://lab.example/app/data/manifest.json');
    expect(partInAddress('https://lab.example/app/data/')).toBeNull();
  });

  test.each([[[1, 10]], [[8, 1]], [[1, 1]]])('are refused where there are none such, or out of order: %j', (labels) => {
    expect(() => partOf(FASHION_MNIST, { name: 'none', labels })).toThrow(RangeError);
  });
});

/** Samples whose first byte tells them apart. */
function samplesOf(labels: readonly number[], first = 0) {
  const values = new Uint8Array(labels.length * 784);
  for (const i of labels.keys()) values[i * 784] = first + i;
  return { labels: Uint8Array.from(labels), values };
}

const firstBytes = (values: Uint8Array) => [...values.keys()].filter((at) => at % 784 === 0).map((at) => values[at]);

test('of a block the samples of the classes stay in their order, with their labels in the part', () => {
  const block = blockOfPart(FASHION_MNIST, CHOICE, { split: 'train', ...samplesOf([8, 0, 1, 9, 8]) });
  expect([...block.labels]).toEqual([1, 0, 1]);
  expect(firstBytes(block.values)).toEqual([0, 2, 4]);
});

describe('the blocks of a part', () => {
  /** A shard of the whole, half of whose samples are of class 1. */
  const shard = (count: number, first = 0) => ({
    entry: {
      file: 'a.bin',
      split: 'test' as const,
      count,
      stored: { bytes: 1, sha256: '' },
      raw: { bytes: 1, sha256: '' },
    },
    first,
    ...samplesOf(Array.from({ length: count }, (_, i) => i % 2)),
  });

  test('are known before anything is there, and come when enough has arrived, none of it lost', () => {
    const blocks = new PartBlocks(FASHION_MNIST, CHOICE);
    expect(blocks.blocks).toHaveLength(14);
    expect(blocks.blocks[12]).toEqual({ split: 'test', count: 1000 });
    expect(blocks.add(shard(1600))).toEqual([]);
    const [block, none] = blocks.add(shard(1600));
    expect([block?.first, block?.labels.length, none]).toEqual([0, 1000, undefined]);
    // 1,599 modulo 256 is that of the last sample of the first shard; then the second shard begins.
    expect(firstBytes(block?.values ?? new Uint8Array()).slice(798, 802)).toEqual([61, 63, 1, 3]);
    expect(blocks.add(shard(800)).map(({ first }) => first)).toEqual([1000]);
  });

  test('are refused where some classes have more samples than others', () => {
    const blocks = new PartBlocks(FASHION_MNIST, CHOICE);
    blocks.add(shard(4000));
    expect(() => blocks.add(shard(2))).toThrow(/some classes have more samples than others/);
  });
});
