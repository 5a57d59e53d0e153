import { expect, test } from 'vitest';
import { entriesOfJson, outsideJson } from '../../../../src/core/sharing/outside-json.ts';

test('reads JSON, and nothing else', () => {
  expect(outsideJson('{"a": [1, "[[[["]}')).toEqual({ a: [1, '[[[['] });
  expect(outsideJson('{"a":')).toBeUndefined();
});

test('refuses text that is nested deeper than anything the app writes', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  expect(outsideJson(nested(32))).toBeDefined();
  expect(outsideJson(nested(33))).toBeUndefined();
  expect(outsideJson(nested(100_000))).toBeUndefined();
  // Brackets within a string are none.
  expect(outsideJson(`"\\"${'['.repeat(100)}"`)).toBe(`"${'['.repeat(100)}`);
});

test('entries are those of objects, and a name like __proto__ is only a name', () => {
  expect(entriesOfJson([1]).size).toBe(0);
  expect(entriesOfJson(null).size).toBe(0);
  const given = entriesOfJson(outsideJson('{"__proto__": {"polluted": 1}, "a": 2}'));
  expect(given.get('a')).toBe(2);
  expect(given.get('polluted')).toBeUndefined();
});
