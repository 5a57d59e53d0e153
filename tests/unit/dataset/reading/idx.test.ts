import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { idxHeader } from '../../../../scripts/data/idx-bytes.mjs';
import { areIdx, findIdx } from '../../../../src/dataset/reading/idx/find-idx.ts';
import { readImages, readLabels } from '../../../../src/dataset/reading/idx/read-idx.ts';
import { LeftOutList } from '../../../../src/dataset/reading/left-out-list.ts';
import { type Opened, sourceFiles } from '../../../../src/dataset/reading/opened.ts';
import { digitIdxFiles, digits } from '../../../support/proof-datasets.ts';

function opened(files: Iterable<readonly [string, Uint8Array<ArrayBuffer>]>): readonly Opened[] {
  return Array.from(files, ([path, bytes]) => ({ path, contents: new Blob([bytes]) }));
}

async function found(files: readonly Opened[]) {
  const sources = await sourceFiles(files);
  expect(await areIdx(sources)).toBe(true);
  return findIdx(sources, new LeftOutList());
}

async function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'taken',
    (error: unknown) => (error instanceof Error ? error.message : ''),
  );
}

/** IDX files of images of 2x3 with these labels; the image's values are its label. */
function idx(labels: readonly number[], shape: readonly number[] = [2, 3]) {
  const size = shape.reduce((product, extent) => product * extent, 1);
  const file = (dimensions: readonly number[], values: readonly number[]) =>
    Uint8Array.from([...idxHeader(dimensions), ...values]);
  return {
    images: file(
      [labels.length, ...shape],
      labels.flatMap((label) => Array.from({ length: size }, (_, i) => label + i)),
    ),
    labels: file([labels.length], labels),
  };
}

const packed = (bytes: Uint8Array) => Uint8Array.from(gzipSync(bytes));

describe('the four files of MNIST', () => {
  test.each([
    ['as they are', (bytes: Uint8Array<ArrayBuffer>) => bytes, ''],
    ['packed', packed, '.gz'],
  ])('%s are read as what they hold', async (_, pack, end) => {
    const files = await found(
      opened(Array.from(digitIdxFiles(), ([name, bytes]) => [`mnist/${name}${end}`, pack(bytes)] as const)),
    );
    expect(files).toMatchObject({ height: 16, width: 16, channels: 1 });
    const { train, test: tested, names } = await readLabels(files);
    const { samples } = digits();
    expect(names).toEqual(Array.from({ length: 10 }, (_name, i) => String(i)));
    expect(train).toEqual(samples.train.labels);
    expect(tested).toEqual(samples.test.labels);
    const values = await readImages(files, false);
    expect(values.subarray(0, samples.train.values.length)).toEqual(samples.train.values);
    expect(values.subarray(samples.train.values.length)).toEqual(samples.test.values);
  });
});

describe('relatives of MNIST', () => {
  test('EMNIST: labels from 1 become numbers from 0, named by the mapping; images are turned', async () => {
    const { images, labels } = idx([1, 2, 26, 1]);
    const files = await found(
      opened([
        ['emnist-letters-train-images-idx3-ubyte.gz', packed(images)],
        ['emnist-letters-train-labels-idx1-ubyte.gz', packed(labels)],
        ['emnist-letters-mapping.txt', new TextEncoder().encode('1 65 97\n2 66 98\n26 90 122\n')],
      ]),
    );
    expect(files.test).toBeNull();
    const read = await readLabels(files);
    expect(read.names).toEqual(['A', 'B', 'Z']);
    expect(Array.from(read.train)).toEqual([0, 1, 2, 0]);
    expect(Array.from((await readImages(files, true)).subarray(0, 6))).toEqual([1, 4, 2, 5, 3, 6]);
  });

  test('names with dots, and colours', async () => {
    const { images, labels } = idx([0, 1], [2, 2, 3]);
    const files = await found(
      opened([
        ['t10k-images.idx4-ubyte', images],
        ['t10k-labels.idx1-ubyte', labels],
      ]),
    );
    expect(files).toMatchObject({ height: 2, width: 2, channels: 3, test: null });
  });

  test('two files of any name, known by their first bytes', async () => {
    const { images, labels } = idx([4, 7]);
    const files = await found(
      opened([
        ['a', images],
        ['b', labels],
      ]),
    );
    expect((await readLabels(files)).names).toEqual(['4', '7']);
  });

  test('other files are none', async () => {
    expect(await areIdx(await sourceFiles(opened([['a.csv', new TextEncoder().encode('a,b\n1,2')]])))).toBe(false);
  });
});

describe('refused with a sentence', () => {
  const { images, labels } = idx([0, 1, 2]);
  const names = ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte'] as const;
  const reading = async (changedImages: Uint8Array<ArrayBuffer>, changedLabels: Uint8Array<ArrayBuffer>) => {
    const files = await found(
      opened([
        [names[0], changedImages],
        [names[1], changedLabels],
      ]),
    );
    await readLabels(files);
    return readImages(files, false);
  };
  const withByte = (bytes: Uint8Array<ArrayBuffer>, at: number, value: number) => {
    const copy = bytes.slice();
    copy[at] = value;
    return copy;
  };

  test('a file that does not begin as IDX does', async () => {
    expect(await refusal(reading(withByte(images, 0, 7), labels))).toContain(
      'train-images-idx3-ubyte is not an IDX file of images or labels',
    );
  });

  test('numbers of another kind than bytes', async () => {
    expect(await refusal(reading(withByte(images, 2, 0x0d), labels))).toContain('numbers that are not bytes');
  });

  test('images and labels of different numbers', async () => {
    expect(await refusal(reading(images, idx([0, 1]).labels))).toBe(
      'train-images-idx3-ubyte has 3 images, and train-labels-idx1-ubyte has 2 labels: they do not belong together.',
    );
  });

  test('a file that is cut short, or has more than it says, packed or not', async () => {
    expect(await refusal(reading(images.slice(0, -2), labels))).toContain(
      'says that it has 3 × 2 × 3 values, and holds only 16',
    );
    expect(await refusal(reading(packed(images.slice(0, -2)), labels))).toContain('holds only 16');
    const more = Uint8Array.from([...images, 1, 2]);
    expect(await refusal(reading(more, labels))).toContain('and holds more');
    expect(await refusal(reading(packed(more), labels))).toContain('and holds more');
    expect(await refusal(reading(packed(images).slice(0, -12), labels))).toContain('cannot be unpacked');
  });

  test('more than a page can hold, by the header alone', async () => {
    const huge = Uint8Array.from(idxHeader([1_000_000, 1000, 1000]));
    const million = packed(Uint8Array.from([...idxHeader([1_000_000]), ...new Uint8Array(1_000_000).fill(1, 5)]));
    const files = await found(
      opened([
        [names[0], huge],
        [names[1], million],
      ]),
    );
    expect(await refusal(readImages(files, false))).toBe('These images take 1,000,000 MB, and a page can hold 500 MB.');
  });

  test('missing labels, one class, several data sets, two sizes', async () => {
    expect(await refusal(found(opened([[names[0], images]])))).toContain(
      'The labels of train-images-idx3-ubyte are missing.',
    );
    const one = idx([3, 3]);
    expect(await refusal(reading(one.images, one.labels))).toContain('All labels are the same');
    const both = opened([
      ['emnist-letters-train-images-idx3-ubyte', images],
      ['emnist-letters-train-labels-idx1-ubyte', labels],
      ['emnist-digits-train-images-idx3-ubyte', images],
      ['emnist-digits-train-labels-idx1-ubyte', labels],
    ]);
    expect(await refusal(found(both))).toContain('There are several data sets in these files');
    const other = idx([0, 1], [4, 4]);
    const sizes = opened([
      [names[0], images],
      [names[1], labels],
      ['t10k-images-idx3-ubyte', other.images],
      ['t10k-labels-idx1-ubyte', other.labels],
    ]);
    expect(await refusal(found(sizes))).toBe(
      'The images to train on are 2 × 3, and those to test on 4 × 4: they do not belong together.',
    );
  });
});
