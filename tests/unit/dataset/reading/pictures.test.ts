import { describe, expect, test } from 'vitest';
import { pictureOf } from '../../../../src/core/imaging/picture.ts';
import { checkedType } from '../../../../src/dataset/reading/images/decode-picture.ts';
import { findPictures } from '../../../../src/dataset/reading/images/find-pictures.ts';
import { readPictures } from '../../../../src/dataset/reading/images/read-pictures.ts';
import { LeftOutList } from '../../../../src/dataset/reading/left-out-list.ts';
import { placeOfOpened, sourceFiles } from '../../../../src/dataset/reading/opened.ts';
import type { SourceFile } from '../../../../src/dataset/reading/source-file.ts';
import { UnreadableFile } from '../../../../src/dataset/reading/source-file.ts';

function files(...paths: string[]): readonly SourceFile[] {
  const bytes = Uint8Array.of(1);
  return paths.map((path) => ({ path, bytes: 1, read: async () => bytes, start: async () => bytes }));
}

function found(...paths: string[]) {
  const leftOut = new LeftOutList();
  const pictures = findPictures(files(...paths), leftOut);
  const labels = pictures.pictures.map(({ file, label, split }) => `${file.path} ${pictures.classes[label]} ${split}`);
  return { ...pictures, labels, leftOut: leftOut.list().map(({ what, why }) => `${what} ${why}`) };
}

function refusal(...paths: string[]): string {
  try {
    findPictures(files(...paths), new LeftOutList());
    return 'taken';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
}

describe('folders are classes', () => {
  test('below the folders that all have around them, deeper ones too; in the order of their characters', () => {
    const { folder, classes, labels, isDivided } = found(
      'pets/all/dog/1.png',
      'pets/all/dog/old/2.JPG',
      'pets/all/Cat/1.webp',
      'pets/all/Cat/2.gif',
    );
    expect({ folder, classes, isDivided }).toEqual({ folder: 'all', classes: ['Cat', 'dog'], isDivided: false });
    // By their paths, in whatever order they were opened.
    expect(labels).toEqual([
      'pets/all/Cat/1.webp Cat train',
      'pets/all/Cat/2.gif Cat train',
      'pets/all/dog/1.png dog train',
      'pets/all/dog/old/2.JPG dog train',
    ]);
  });

  test('a folder to train on and one to test on are the parts', () => {
    const { classes, labels, isDivided } = found(
      'x/Train/a/1.png',
      'x/Train/b/1.png',
      'x/val/b/2.png',
      'x/test/a/2.png',
    );
    expect({ classes, isDivided }).toEqual({ classes: ['a', 'b'], isDivided: true });
    expect(labels).toEqual([
      'x/Train/a/1.png a train',
      'x/Train/b/1.png b train',
      'x/test/a/2.png a test',
      'x/val/b/2.png b train',
    ]);
    expect(found('train/a/1.png', 'train/b/1.png', 'valid/a/2.png').labels[2]).toBe('valid/a/2.png a test');
  });

  test('classes that are called so are classes', () => {
    expect(found('test/1.png', 'test/2.png', 'other/1.png', 'other/2.png').classes).toEqual(['other', 'test']);
  });
});

test('what is left out is listed with its reason, and what computers put beside files is not', () => {
  const { leftOut, classes } = found(
    'a/1.png',
    'a/2.png',
    'b/1.png',
    'b/2.png',
    'alone/1.png',
    'loose.png',
    'a/notes.txt',
    'a/photo.heic',
    'a/../../etc/passwd.png',
    '/root/1.png',
    'C:/windows/1.png',
    'a/.DS_Store',
    '__MACOSX/a/._1.png',
    'b/Thumbs.db',
  );
  expect(classes).toEqual(['a', 'b']);
  expect(leftOut).toEqual([
    '/root/1.png has a name that leads out of its folder',
    'C:/windows/1.png has a name that leads out of its folder',
    'a/../../etc/passwd.png has a name that leads out of its folder',
    'a/notes.txt is not a picture (png, jpg, webp, gif or bmp)',
    'a/photo.heic is of a kind that cannot be read here: save it as PNG or JPEG',
    'loose.png is in no folder that would be its class',
    'alone/1.png is the only picture of its class: a class needs two, one to train on and one to test on',
  ]);
});

test('thousands that are left out are counted', () => {
  const leftOut = new LeftOutList();
  for (let i = 0; i < 3000; i++) leftOut.add(`${i}.txt`, 'is not a picture');
  expect(leftOut.list()).toHaveLength(1001);
  expect(leftOut.list().at(-1)).toEqual({ what: '2,000 more', why: 'are left out too' });
});

describe('refused with a sentence', () => {
  test.each([
    ['no files', [], 'There are no pictures in these files.'],
    ['no pictures', ['a/1.txt', 'b/2.txt'], 'There are no pictures in these files.'],
    ['no folders', ['1.png', '2.png'], 'All these pictures are in one folder'],
    ['one folder', ['x/a/1.png', 'x/a/2.png'], 'All these pictures are in one folder'],
    ['one class', ['x/a/1.png', 'x/a/2.png', 'x/b/1.png'], 'two or more folders with at least two pictures each'],
    [
      'more than 100 classes',
      Array.from({ length: 143 }, (_, i) => [`c${i}/1.png`, `c${i}/2.png`]).flat(),
      'There are 143 folders of pictures, and the limit is 100 classes.',
    ],
  ])('%s', (_, paths, sentence) => {
    expect(refusal(...paths)).toContain(sentence);
  });

  test('a file that is called a zip and is none', async () => {
    const contents = new Blob(['hello']);
    await expect(sourceFiles([{ path: 'a.zip', contents }])).rejects.toThrow(
      'a.zip is not a zip, whatever its name says.',
    );
  });
});

describe('reading', () => {
  const form = { side: 4, channels: 1, fit: 'fit' } as const;
  const decode = async (bytes: Uint8Array) => {
    if (bytes[0] === 0) throw new UnreadableFile('is damaged: the browser cannot open it');
    return pictureOf({ width: 8, height: 8 }, () => [bytes[0] ?? 0, bytes[0] ?? 0, bytes[0] ?? 0]);
  };
  const file = (path: string, value: number): SourceFile => {
    const bytes = Uint8Array.of(value);
    return { path, bytes: 1, read: async () => bytes, start: async () => bytes };
  };

  test('makes samples in the order of the pictures; what is damaged is left out, and then a class that has too few', async () => {
    const leftOut = new LeftOutList();
    const sources = [
      file('a/1.png', 10),
      file('a/2.png', 0),
      file('b/1.png', 30),
      file('b/2.png', 40),
      file('c/1.png', 50),
      file('c/2.png', 60),
    ];
    const read = await readPictures(findPictures(sources, leftOut), form, decode, leftOut, () => {});
    expect(read.classes).toEqual(['b', 'c']);
    expect(Array.from(read.labels)).toEqual([0, 0, 1, 1]);
    expect(Array.from(read.values.filter((_, i) => i % 16 === 0))).toEqual([30, 40, 50, 60]);
    expect(leftOut.list().map(({ what, why }) => `${what} ${why}`)).toEqual([
      'a/2.png is damaged: the browser cannot open it',
      'a/1.png is the only picture of its class: a class needs two, one to train on and one to test on',
    ]);
  });

  test('too many for the memory of a page are refused before any is read', async () => {
    const sources = files(...Array.from({ length: 60_000 }, (_, i) => `${i % 2}/${i}.png`));
    const leftOut = new LeftOutList();
    const reading = readPictures(
      findPictures(sources, leftOut),
      { side: 64, channels: 3, fit: 'crop' },
      decode,
      leftOut,
      () => {},
    );
    await expect(reading).rejects.toThrow('60,000 pictures of this size take 737 MB, and a page can hold 500 MB.');
  });
});

describe('a picture is looked at before it is decoded', () => {
  const png = (width: number, height: number) => {
    const bytes = new Uint8Array(40);
    bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
    new DataView(bytes.buffer).setUint32(16, width);
    new DataView(bytes.buffer).setUint32(20, height);
    return bytes;
  };

  test('its kind is read from its bytes', () => {
    expect(checkedType(png(100, 50))).toBe('image/png');
    expect(() => checkedType(new TextEncoder().encode('hello'))).toThrow('is not a picture that can be read here');
    expect(() => checkedType(png(0, 0))).toThrow('it ends before its size is known');
  });

  test('20,000×20,000 pixels are not decoded', () => {
    expect(() => checkedType(png(20_000, 20_000))).toThrow(
      'has 20,000×20,000 pixels and would take 1,600 MB unpacked: scale it down first',
    );
  });
});

describe('where a program finds what was opened', () => {
  const place = (...paths: string[]) => placeOfOpened(paths.map((path) => ({ path, contents: new Blob() })));

  test('is the only zip, or the folder around all', () => {
    expect(place('own/Pets.ZIP')).toEqual({ name: 'Pets.ZIP', depth: 0 });
    expect(place('pets/cat/1.png', 'pets/dog/1.png', 'pets/about.txt')).toEqual({ name: 'pets', depth: 1 });
    expect(place('train-images', 'train-labels')).toEqual({ name: '.', depth: 0 });
  });

  test('is nowhere where they come from several places', () => {
    expect(place('cat/1.png', 'dog/1.png')).toBeNull();
    expect(place('a.zip', 'b.zip')).toBeNull();
    expect(place('pets/a.zip', 'pets/dog/1.png')).toBeNull();
  });
});
