import { expect, test } from 'vitest';
import { packRecord, unpackRecord } from '../../../../src/app/lab-file/record-json.ts';

const RECORD = {
  name: 'with "$" in it',
  losses: Float32Array.of(2.5, Number.NaN, 0.1),
  labels: Uint8Array.of(7, 0, 255),
  indices: Uint32Array.of(4_000_000_000),
  numbers: [1e-300, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0.5],
  empty: new Float32Array(),
  nested: { best: { weights: [Float32Array.of(1), Float32Array.of(2, 3)] }, none: null, yes: true },
};

test('a record comes back as it was, arrays and numbers that JSON does not have included', () => {
  expect(unpackRecord(packRecord(RECORD))).toEqual(RECORD);
});

test('a part of a larger array is packed alone', () => {
  const part = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
  const packed = packRecord({ part });
  expect(packed.bytes).toHaveLength(8);
  expect(unpackRecord(packed)).toEqual({ part: Float32Array.of(2, 3) });
});

test.each([
  ['beyond the end', '{"a":{"$":"Float32Array","at":4,"length":2}}'],
  ['before the beginning', '{"a":{"$":"Float32Array","at":-8,"length":1}}'],
  ['of more than there can be', '{"a":{"$":"Float32Array","at":0,"length":1e12}}'],
  ['between two numbers', '{"a":{"$":"Float32Array","at":1,"length":1}}'],
  ['of another kind', '{"a":{"$":"Function","at":0,"length":1}}'],
  ['of no length', '{"a":{"$":"Uint8Array","at":0,"length":"8"}}'],
  ['in no JSON', '{"a":'],
])('an array %s is refused', (_, json) => {
  expect(unpackRecord({ json, bytes: new Uint8Array(8) })).toBeUndefined();
});

test('a field of the name __proto__ changes no other object', () => {
  const record = unpackRecord({ json: '{"__proto__":{"polluted":1}}', bytes: new Uint8Array() });
  expect(Object.keys(Object(record))).toEqual(['__proto__']);
  expect(Object(record).polluted).toBeUndefined();
});
