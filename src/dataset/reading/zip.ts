import { numberText } from '../../core/text/number-text.ts';
import { RefusedFiles } from './refusal.ts';
import { type SourceFile, tooLong, UnreadableFile } from './source-file.ts';
import { unpack } from './unpack.ts';

/**
 * Zip files (APPNOTE.TXT 6.3.10), zip64 too. The directory at the end is read, with all its limits checked; a file in the zip
 * is read and unpacked alone, when it is asked for.
 */

/** More files than a page can hold samples. */
const MOST_ENTRIES = 100_000;

/** Bytes of the directory: about 500 for each of so many files. */
const MOST_DIRECTORY_BYTES = 50_000_000;

/** Bytes that all files may have together: more than anybody's pictures have that a page can hold as samples. */
const MOST_UNPACKED = 8_000_000_000;

/** The record at the end: 22 bytes, after which a comment of at most 65,535 may stand. */
const END_BYTES = 22;
const MOST_COMMENT = 0xffff;

const SIGNATURES = { file: 0x04034b50, entry: 0x02014b50, end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50 };

/** Stands for a number that is in the zip64 field instead. */
const IN_ZIP64 = 0xffffffff;

interface Directory {
  readonly entries: number;
  readonly bytes: number;
  readonly start: number;
}

interface Entry {
  readonly path: string;
  readonly flags: number;
  readonly method: number;
  readonly packed: number;
  readonly bytes: number;
  /** Where its own header is in the zip. */
  readonly start: number;
}

/** Whether a file is a zip, by its first bytes. */
export async function isZip(contents: Blob): Promise<boolean> {
  const view = await viewOf(contents, 0, 4);
  return view.byteLength === 4 && [SIGNATURES.file, SIGNATURES.end].includes(view.getUint32(0, true));
}

/** The files in a zip, without its folders. Throws a RefusedFiles where it has too many, too long or none, or is no zip. */
export async function zipFiles(name: string, contents: Blob): Promise<readonly SourceFile[]> {
  const directory = await findDirectory(name, contents);
  if (directory.entries > MOST_ENTRIES || directory.bytes > MOST_DIRECTORY_BYTES)
    throw tooMany(name, directory.entries);
  const view = await viewOf(contents, directory.start, directory.bytes);
  const entries = readEntries(name, view);
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > MOST_UNPACKED) {
    throw new RefusedFiles(
      `${name} would be ${numberText(Math.round(total / 1e9))} GB unpacked, and the limit is ${numberText(MOST_UNPACKED / 1e9)} GB. Open a smaller part of it.`,
    );
  }
  const files = entries.filter(({ path }) => !path.endsWith('/'));
  if (files.length > 0 && files.every(isEncrypted)) {
    throw new RefusedFiles(
      `${name} is encrypted with a password. Unpack it, and open the folder, or a zip without a password.`,
    );
  }
  return files.map((entry) => fileOf(contents, entry));
}

function tooMany(name: string, entries: number): RefusedFiles {
  return new RefusedFiles(
    `${name} has ${numberText(entries)} files, and the limit is ${numberText(MOST_ENTRIES)}. Open a smaller part of it.`,
  );
}

async function viewOf(contents: Blob, start: number, bytes: number): Promise<DataView> {
  return new DataView(await contents.slice(start, start + bytes).arrayBuffer());
}

async function findDirectory(name: string, contents: Blob): Promise<Directory> {
  const before = Math.max(0, contents.size - END_BYTES - MOST_COMMENT);
  const view = await viewOf(contents, before, contents.size - before);
  let at = view.byteLength - END_BYTES;
  while (at >= 0 && view.getUint32(at, true) !== SIGNATURES.end) at--;
  if (at < 0) throw damaged(name, 'its list of files is missing, perhaps because it was not fetched to its end');
  const short: Directory = {
    entries: view.getUint16(at + 10, true),
    bytes: view.getUint32(at + 12, true),
    start: view.getUint32(at + 16, true),
  };
  const isLong = short.entries === 0xffff || short.bytes === IN_ZIP64 || short.start === IN_ZIP64;
  const directory = (isLong && (await findDirectory64(contents, before + at))) || short;
  if (directory.start + directory.bytes > contents.size) throw damaged(name, 'its list of files is cut off');
  return directory;
}

/** The directory of a zip64; null where it says nowhere that it is one. */
async function findDirectory64(contents: Blob, end: number): Promise<Directory | null> {
  const locator = await viewOf(contents, Math.max(0, end - 20), 20);
  if (locator.byteLength < 20 || locator.getUint32(0, true) !== SIGNATURES.locator64) return null;
  const record = await viewOf(contents, Number(locator.getBigUint64(8, true)), 56);
  if (record.byteLength < 56 || record.getUint32(0, true) !== SIGNATURES.end64) return null;
  const whole = (at: number) => Number(record.getBigUint64(at, true));
  return { entries: whole(32), bytes: whole(40), start: whole(48) };
}

function readEntries(name: string, view: DataView): readonly Entry[] {
  const entries: Entry[] = [];
  let at = 0;
  while (at + 46 <= view.byteLength && view.getUint32(at, true) === SIGNATURES.entry) {
    if (entries.length === MOST_ENTRIES) throw tooMany(name, entries.length + 1);
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const [extra, next] = [at + 46 + (nameBytes ?? 0), at + 46 + (nameBytes ?? 0) + (extraBytes ?? 0)];
    if (next > view.byteLength) throw damaged(name, 'its list of files is cut off');
    const [bytes = 0, packed = 0, start = 0] = longNumbers(
      view,
      [24, 20, 42].map((field) => view.getUint32(at + field, true)),
      extra,
      next,
    );
    const path = textOf(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameBytes)).replaceAll('\\', '/');
    entries.push({
      path,
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      bytes,
      packed,
      start,
    });
    at = next + (commentBytes ?? 0);
  }
  return entries;
}

/** Numbers of an entry, where one is in its zip64 field from there: in their order, those that stand for it alone. */
function longNumbers(view: DataView, short: readonly number[], extra: number, end: number): readonly number[] {
  if (!short.includes(IN_ZIP64)) return short;
  for (let at = extra; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    let field = at + 4;
    const limit = Math.min(end, field + view.getUint16(at + 2, true));
    return short.map((value) => {
      if (value !== IN_ZIP64 || field + 8 > limit) return value;
      field += 8;
      return Number(view.getBigUint64(field - 8, true));
    });
  }
  return short;
}

/** Names are in UTF-8, or in a code page of the computer that made the zip, whose letters beyond ASCII then look odd. */
function textOf(bytes: Uint8Array): string {
  return UTF_8.decode(bytes);
}

const UTF_8 = new TextDecoder();

function fileOf(contents: Blob, entry: Entry): SourceFile {
  const read = async (most: number): Promise<Uint8Array<ArrayBuffer>> => {
    if (entry.bytes > most) throw tooLong(entry.bytes, most);
    const { bytes, isCut } = await unpacked(contents, entry, entry.bytes);
    if (isCut || bytes.length < entry.bytes) throw new UnreadableFile('is damaged: it is not as long as its zip says');
    return bytes;
  };
  const start = async (most: number) => (await unpacked(contents, entry, Math.min(most, entry.bytes))).bytes;
  return { path: entry.path, bytes: entry.bytes, read, start };
}

function isEncrypted({ flags }: Entry): boolean {
  return (flags & 1) !== 0;
}

async function unpacked(contents: Blob, entry: Entry, most: number) {
  if (isEncrypted(entry)) throw new UnreadableFile('is encrypted with a password');
  if (entry.method !== 0 && entry.method !== 8)
    throw new UnreadableFile('is packed in a way that browsers cannot unpack: zip it again');
  const header = await viewOf(contents, entry.start, 30);
  if (header.byteLength < 30 || header.getUint32(0, true) !== SIGNATURES.file)
    throw new UnreadableFile('is damaged: it is not where its zip says');
  const start = entry.start + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  const packed = contents.slice(start, start + entry.packed);
  if (entry.method === 8) return unpack(packed, 'deflate-raw', most);
  const bytes = new Uint8Array(await packed.slice(0, most).arrayBuffer());
  return { bytes, isCut: packed.size > most };
}

function damaged(name: string, why: string): RefusedFiles {
  return new RefusedFiles(`${name} is a damaged zip: ${why}. Download or make it again.`);
}
