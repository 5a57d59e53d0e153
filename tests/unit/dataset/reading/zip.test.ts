import { type Zippable, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { RefusedFiles } from '../../../../src/dataset/reading/refusal.ts';
import { UnreadableFile } from '../../../../src/dataset/reading/source-file.ts';
import { isZip, zipFiles } from '../../../../src/dataset/reading/zip.ts';

const text = (value: string) => new TextEncoder().encode(value);
const MOST = 1_000_000;

function zipped(files: Zippable): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(zipSync(files));
}

function open(bytes: Uint8Array<ArrayBuffer>) {
  return zipFiles('a.zip', new Blob([bytes]));
}

/** The places of the entries in the list of files at the end of a zip. */
function entriesIn(bytes: Uint8Array): number[] {
  return [...bytes.keys()].filter(
    (at) => bytes[at] === 0x50 && bytes[at + 1] === 0x4b && bytes[at + 2] === 1 && bytes[at + 3] === 2,
  );
}

/** The bytes changed by a view on them. */
function changed(bytes: Uint8Array<ArrayBuffer>, change: (view: DataView, entries: readonly number[]) => void) {
  const copy = bytes.slice();
  change(new DataView(copy.buffer), entriesIn(copy));
  return copy;
}

async function sentenceOf(opening: Promise<unknown>): Promise<string> {
  return opening.then(
    () => 'opened',
    (error: unknown) =>
      error instanceof RefusedFiles || error instanceof UnreadableFile ? error.message : String(error),
  );
}

/** A zip64 with one stored file, by hand from the specification: every number that can be is in the zip64 fields. */
function zip64(name: string, contents: Uint8Array): Uint8Array<ArrayBuffer> {
  const nameBytes = text(name);
  const local = new DataView(new ArrayBuffer(30));
  local.setUint32(0, 0x04034b50, true);
  local.setUint16(26, nameBytes.length, true);
  const entry = new DataView(new ArrayBuffer(46));
  entry.setUint32(0, 0x02014b50, true);
  for (const field of [20, 24, 42]) entry.setUint32(field, 0xffffffff, true);
  entry.setUint16(28, nameBytes.length, true);
  entry.setUint16(30, 28, true);
  const extra = new DataView(new ArrayBuffer(28));
  extra.setUint16(0, 1, true);
  extra.setUint16(2, 24, true);
  extra.setBigUint64(4, BigInt(contents.length), true);
  extra.setBigUint64(12, BigInt(contents.length), true);
  const start = 30 + nameBytes.length + contents.length;
  const bytes = 46 + nameBytes.length + 28;
  const end64 = new DataView(new ArrayBuffer(56));
  end64.setUint32(0, 0x06064b50, true);
  end64.setBigUint64(32, 1n, true);
  end64.setBigUint64(40, BigInt(bytes), true);
  end64.setBigUint64(48, BigInt(start), true);
  const locator = new DataView(new ArrayBuffer(20));
  locator.setUint32(0, 0x07064b50, true);
  locator.setBigUint64(8, BigInt(start + bytes), true);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(10, 0xffff, true);
  for (const field of [12, 16]) end.setUint32(field, 0xffffffff, true);
  const parts = [local, nameBytes, contents, entry, nameBytes, extra, end64, locator, end];
  const whole = parts.map((part) => (part instanceof DataView ? new Uint8Array(part.buffer) : part));
  return Uint8Array.from(whole.flatMap((part) => [...part]));
}

describe('a zip', () => {
  test('gives the files in it, packed or not, whose contents and first bytes can be read', async () => {
    const long = text('many words '.repeat(10_000));
    const bytes = zipped({ 'a/b.txt': text('hello'), 'c.txt': [long, { level: 0 }], 'd.txt': [long, { level: 9 }] });
    expect(await isZip(new Blob([bytes]))).toBe(true);
    const files = await open(bytes);
    expect(files.map(({ path, bytes: length }) => [path, length])).toEqual([
      ['a/b.txt', 5],
      ['c.txt', long.length],
      ['d.txt', long.length],
    ]);
    for (const file of files.slice(1)) {
      expect(await file.read(MOST)).toEqual(long);
      expect(await file.start(7)).toEqual(text('many wo'));
    }
  });

  test('may be a zip64', async () => {
    const [file] = await open(zip64('x/y.txt', text('sixty-four')));
    expect(file?.path).toBe('x/y.txt');
    expect(await file?.read(MOST)).toEqual(text('sixty-four'));
  });

  test('may have a comment, and names with backslashes', async () => {
    const bytes = zipped({ 'a\\b.txt': text('x') });
    const withComment = new Uint8Array(bytes.length + 300);
    withComment.set(bytes);
    new DataView(withComment.buffer).setUint16(bytes.length - 2, 300, true);
    expect((await open(withComment)).map(({ path }) => path)).toEqual(['a/b.txt']);
  });
});

describe('refused or left out, with a sentence each', () => {
  test('a bomb: what unpacks to more than its zip says is cut off there', async () => {
    const bytes = zipped({ 'bomb.png': new Uint8Array(5_000_000) });
    expect(bytes.length).toBeLessThan(10_000);
    const liar = changed(bytes, (view, [entry = 0]) => view.setUint32(entry + 24, 100, true));
    const [file] = await open(liar);
    expect(await sentenceOf(file?.read(MOST) ?? Promise.resolve())).toBe(
      'is damaged: it is not as long as its zip says',
    );
    const [honest] = await open(bytes);
    expect(await sentenceOf(honest?.read(MOST) ?? Promise.resolve())).toBe('is 5 MB long, and the limit is 1 MB');
  });

  test('a bomb that says how large it is', async () => {
    const names = Object.fromEntries(Array.from({ length: 3 }, (_, i) => [`${i}.png`, text('x')]));
    const bomb = changed(zipped(names), (view, entries) => {
      for (const entry of entries) view.setUint32(entry + 24, 4_000_000_000, true);
    });
    expect(await sentenceOf(open(bomb))).toBe(
      'a.zip would be 12 GB unpacked, and the limit is 8 GB. Open a smaller part of it.',
    );
  });

  test('more files than 100,000', async () => {
    const many = changed(zipped({ 'a.png': text('x') }), (view) => view.setUint16(view.byteLength - 12, 0xfffe, true));
    expect((await open(many)).length).toBe(1);
    const end = zip64('a.png', text('x'));
    const record = end.length - 22 - 20 - 56;
    new DataView(end.buffer).setBigUint64(record + 32, 5_000_000n, true);
    expect(await sentenceOf(open(end))).toBe(
      'a.zip has 5,000,000 files, and the limit is 100,000. Open a smaller part of it.',
    );
  });

  test('a zip with a password, or with some files that have one', async () => {
    const bytes = zipped({ 'a.png': text('x'), 'b.png': text('y') });
    const all = changed(bytes, (view, entries) => {
      for (const entry of entries) view.setUint16(entry + 8, 1, true);
    });
    expect(await sentenceOf(open(all))).toBe(
      'a.zip is encrypted with a password. Unpack it, and open the folder, or a zip without a password.',
    );
    const some = changed(bytes, (view, [entry = 0]) => view.setUint16(entry + 8, 1, true));
    const [locked, free] = await open(some);
    expect(await sentenceOf(locked?.read(MOST) ?? Promise.resolve())).toBe('is encrypted with a password');
    expect(await free?.read(MOST)).toEqual(text('y'));
  });

  test('what is packed by another method', async () => {
    const other = changed(zipped({ 'a.png': text('x') }), (view, [entry = 0]) => view.setUint16(entry + 10, 93, true));
    const [file] = await open(other);
    expect(await sentenceOf(file?.read(MOST) ?? Promise.resolve())).toContain('cannot unpack');
  });

  test('what is damaged, cut off or no zip at all', async () => {
    const bytes = zipped({ 'a.png': [text('x'.repeat(5000)), { level: 9 }] });
    expect(await sentenceOf(open(bytes.slice(0, bytes.length - 30)))).toContain('its list of files is missing');
    const elsewhere = changed(bytes, (view, [entry = 0]) => view.setUint32(entry + 42, 7, true));
    const [moved] = await open(elsewhere);
    expect(await sentenceOf(moved?.read(MOST) ?? Promise.resolve())).toBe('is damaged: it is not where its zip says');
    const broken = bytes.slice();
    broken.fill(0xff, 36, 46);
    const [file] = await open(broken);
    expect(await sentenceOf(file?.read(MOST) ?? Promise.resolve())).toBe('is damaged: it cannot be unpacked');
    expect(await isZip(new Blob([text('%PDF-1.7')]))).toBe(false);
  });
});
