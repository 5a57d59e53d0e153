import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

/** Most entries that a zip may have (`src/dataset/reading/zip.ts`). */
const MOST_ENTRIES = 100_000;

/** A PNG of a single black pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
);

/**
 * Files that are large or hostile, each a function that writes it a piece at a time. Of what takes minutes to be made into a data
 * set, it is only measured how it is looked at.
 * @type {Readonly<Record<string, { name: string, isOnlySeen?: boolean, write: (put: (piece: string | Buffer) => Promise<void>) => Promise<void> }>>}
 */
export const FILES = {
  'zip of 99,999 files': { name: 'many.zip', isOnlySeen: true, write: (put) => writeZip(put, MOST_ENTRIES - 1) },
  'zip of 100,001 files': { name: 'too-many.zip', write: (put) => writeZip(put, MOST_ENTRIES + 1) },
  'zip of 1,000 pictures': { name: 'pictures.zip', write: (put) => writeZip(put, 1000) },
  'zip that unpacks to 5 GB': { name: 'bomb.zip', write: writeBomb },
  'table of 200,000 rows': { name: 'rows-200000.csv', write: (put) => writeTable(put, 200_000) },
  'table of 500,000 rows': { name: 'rows-500000.csv', write: (put) => writeTable(put, 500_000) },
  'table of 1,000 columns': { name: 'wide.csv', write: (put) => writeWide(put, 1000) },
  'table of 10,000 columns': { name: 'too-wide.csv', write: (put) => writeWide(put, 10_000) },
  'line of 200 MB': { name: 'line.csv', write: writeLine },
  'picture of 20,000x20,000 pixels': { name: 'large.zip', write: writeLarge },
};

/**
 * Writes one of them into a folder, and returns its path.
 * @param {string} folder
 * @param {string} name
 * @returns {Promise<string>}
 */
export async function writeFile(folder, name) {
  const file = FILES[name];
  if (file === undefined) throw new RangeError(`There is no file ${name}.`);
  const path = join(folder, file.name);
  const stream = createWriteStream(path);
  await file.write(async (piece) => {
    if (!stream.write(piece)) await once(stream, 'drain');
  });
  stream.end();
  await once(stream, 'close');
  return path;
}

/** @typedef {(piece: string | Buffer) => Promise<void>} Put */
/** @typedef {{ path: string, packed: Buffer, method: number, bytes: number, crc: number }} Entry */

/** @type {(put: Put, count: number) => Promise<void>} */
function writeZip(put, count) {
  const entries = function* () {
    for (let i = 0; i < count; i++) {
      const path = `pictures/class ${i % 7}/${i}.png`;
      const packed = Buffer.concat([PIXEL, Buffer.from(String(i))]);
      yield { path, packed, method: 0, bytes: packed.length, crc: crc32(packed) };
    }
  };
  return writeEntries(put, entries());
}

/** @type {(put: Put) => Promise<void>} */
function writeBomb(put) {
  const bytes = 50_000_000;
  const packed = raw(Buffer.alloc(bytes));
  const entry = (/** @type {number} */ i) => ({
    path: `bomb/class ${i % 2}/${i}.png`,
    packed,
    method: 8,
    bytes,
    crc: 0,
  });
  return writeEntries(
    put,
    Array.from({ length: 100 }, (_, i) => entry(i)),
  );
}

/** Pictures that say that they are larger than anything that is unpacked. @type {(put: Put) => Promise<void>} */
function writeLarge(put) {
  const picture = Buffer.from(PIXEL);
  picture.writeUInt32BE(20_000, 16);
  picture.writeUInt32BE(20_000, 20);
  const entry = (/** @type {number} */ i) => ({
    path: `large/class ${i % 2}/${i}.png`,
    packed: picture,
    method: 0,
    bytes: picture.length,
    crc: crc32(picture),
  });
  return writeEntries(
    put,
    Array.from({ length: 4 }, (_, i) => entry(i)),
  );
}

/** @type {(bytes: Buffer) => Buffer} */
function raw(bytes) {
  return deflateSync(bytes).subarray(2, -4);
}

/**
 * A zip (APPNOTE.TXT 6.3.10), with the number of files in a zip64 record where it is too large for the short one.
 * @param {Put} put
 * @param {Iterable<Entry>} entries
 */
async function writeEntries(put, entries) {
  const directory = [];
  let at = 0;
  for (const { path, packed, method, bytes, crc } of entries) {
    const name = Buffer.from(path);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(method, 4);
    shared.writeUInt32LE(crc, 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(bytes, 18);
    shared.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), shared, place, name]));
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, name, packed]);
    await put(local);
    at += local.length;
  }
  const list = Buffer.concat(directory);
  await put(list);
  const count = directory.length;
  const long = Buffer.alloc(76);
  long.write('PK\x06\x06', 0, 'latin1');
  long.writeBigUInt64LE(44n, 4);
  long.writeBigUInt64LE(BigInt(count), 24);
  long.writeBigUInt64LE(BigInt(count), 32);
  long.writeBigUInt64LE(BigInt(list.length), 40);
  long.writeBigUInt64LE(BigInt(at), 48);
  long.write('PK\x06\x07', 56, 'latin1');
  long.writeBigUInt64LE(BigInt(at + list.length), 64);
  long.writeUInt32LE(1, 72);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(Math.min(count, 0xffff), 8);
  end.writeUInt16LE(Math.min(count, 0xffff), 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  await put(count < 0xffff ? end : Buffer.concat([long, end]));
}

/** @type {(put: Put, rows: number) => Promise<void>} */
async function writeTable(put, rows) {
  await put('day,warmth,pressure,sky,rain\n');
  for (let from = 0; from < rows; from += 1000) {
    const lines = Array.from({ length: Math.min(1000, rows - from) }, (_, k) => {
      const i = from + k;
      const [warmth, pressure] = [(i * 7919) % 400, (i * 104_729) % 900];
      const sky = ['clear', 'cloudy', 'fog'][(i * 31) % 3];
      return `2020-${1 + (i % 12)}-${1 + (i % 28)},${warmth / 10},${i % 50 === 7 ? 'NA' : 950 + pressure / 10},${sky},${warmth < 200 ? 'yes' : 'no'}\n`;
    });
    await put(lines.join(''));
  }
}

/** @type {(put: Put, columns: number) => Promise<void>} */
async function writeWide(put, columns) {
  await put(`${Array.from({ length: columns }, (_, i) => `column ${i}`).join(',')}\n`);
  for (let row = 0; row < 200; row++)
    await put(
      `${Array.from({ length: columns }, (_, i) => (i === columns - 1 ? row % 2 : (row * 31 + i * 7) % 100)).join(',')}\n`,
    );
}

/** @type {(put: Put) => Promise<void>} */
async function writeLine(put) {
  const piece = 'column,'.repeat(100_000);
  for (let bytes = 0; bytes < 200_000_000; bytes += piece.length) await put(piece);
}
