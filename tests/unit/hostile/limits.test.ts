import { strFromU8, strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readLab } from '../../../src/app/lab-file/lab-file.ts';
import { packRecord, unpackRecord } from '../../../src/app/lab-file/record-json.ts';
import { networkOfKeras } from '../../../src/core/importing/keras-network.ts';
import { parseNetwork } from '../../../src/core/network/network-text.ts';
import { csvOf } from '../../../src/ui/base/csv.ts';
import { unzip } from '../../../src/ui/base/unzip.ts';

const ALL = { files: 10, bytes: 1e9, isWanted: () => true, most: () => 1e9 };

/** A zip whose list of files says another length than its only file, `a.bin`, has. */
function saying(length: number, contents: Uint8Array): Uint8Array<ArrayBuffer> {
  const zip = Uint8Array.from(zipSync({ 'a.bin': contents }));
  const view = new DataView(zip.buffer);
  const directory = view.getUint32(zip.length - 22 + 16, true);
  view.setUint32(directory + 24, length, true);
  return zip;
}

describe('a zip', () => {
  const noise = Uint8Array.from({ length: 50_000 }, (_, i) => (i * i * 7919) >> 3);

  test('gives its files, empty ones as well', () => {
    const files = { 'a.bin': noise, 'b/c.json': strToU8('{}'), 'empty.bin': new Uint8Array() };
    for (const level of [0, 9] as const) {
      const found = unzip(zipSync(files, { level }), ALL);
      expect(found).toEqual(new Map(Object.entries(files).map(([name, bytes]) => [name, Uint8Array.from(bytes)])));
    }
  });

  test('that says less than it has is not unpacked to its end', () => {
    const zip = saying(100, new Uint8Array(4_000_000));
    expect(unzip(zip, ALL)).toBe('damaged');
  });

  test('that says more than it has is damaged', () => {
    expect(unzip(saying(60_000, noise), ALL)).toBe('damaged');
  });

  test('that says that it has gigabytes is refused before there is room made for them', () => {
    expect(unzip(saying(900_000_000, new Uint8Array(1000)), ALL)).toBe('too large');
    expect(readLab(saying(900_000_000, new Uint8Array(1000)))).toEqual({
      problem: expect.stringContaining('1 GB of memory'),
    });
  });

  test('may have as many files as are allowed, and as long ones', () => {
    const many = zipSync(Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`${i}`, strToU8('a')])));
    expect(unzip(many, ALL)).toBe('too large');
    expect(unzip(zipSync({ 'a.bin': noise }), { ...ALL, most: () => 49_999 })).toBe('too large');
    expect(unzip(zipSync({ 'a.bin': noise }), { ...ALL, bytes: 49_999 })).toBe('too large');
  });

  test('has a file named __proto__, which is only a name', () => {
    const zip = zipSync({ a_proto_a: strToU8('a'), 'b.bin': strToU8('b') });
    const named = Uint8Array.from(strFromU8(zip, true).replaceAll('a_proto_a', '__proto__'), (sign) =>
      sign.charCodeAt(0),
    );
    const found = unzip(named, ALL);
    expect(found instanceof Map && [...found.keys()]).toEqual(['__proto__', 'b.bin']);
  });
});

test('arrays of a record are together not longer than its bytes: each byte is copied once', () => {
  const { json, bytes } = packRecord({ a: new Float32Array(1000), b: Uint8Array.of(1) });
  expect(unpackRecord({ json, bytes })).toEqual({ a: new Float32Array(1000), b: Uint8Array.of(1) });
  const mark = '{"$":"Float32Array","at":0,"length":1000}';
  expect(unpackRecord({ json: `[${Array(3).fill(mark).join()}]`, bytes })).toBeUndefined();
});

test.each([
  ['pasted layers', (deep: string) => parseNetwork(`{ "layers": [{ "kind": ${deep} }] }`)],
  ['an option', (deep: string) => parseNetwork(`{ "layers": [{ "kind": "flatten", "id": "a", "x": ${deep} }] }`)],
  [
    'a config of Keras',
    (deep: string) =>
      networkOfKeras(
        `{ "class_name": "Sequential", "config": { "layers": [{ "class_name": "Dense", "config": { "units": ${deep} } }] } }`,
      ),
  ],
])('%s nested a hundred thousand times: a sentence', (_, read) => {
  for (const deep of [`${'['.repeat(90_000)}${']'.repeat(90_000)}`, `${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}`])
    expect(read(deep)).toEqual({ problems: [expect.stringMatching(/^This is .+\.$/)] });
});

test('in a table for spreadsheets a text is no formula, and a number is one', () => {
  const texts = ['=HYPERLINK("http://a")', '+1+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1'];
  expect(csvOf([texts]).match(/'[=+\-@\t\r]/g)).toHaveLength(texts.length);
  expect(csvOf([['-1', '+0.5', -1, 'a=b', '', 'T-shirt']])).toBe('-1,+0.5,-1,a=b,,T-shirt\r\n');
});
