import { describe, expect, test } from 'vitest';
import {
  PURPOSES,
  type Purpose,
  permutation,
  streamKey,
  uint32At,
  uniformAt,
  uniforms,
} from '../../../src/core/random.ts';

const KEY = streamKey(42, 'weights');

describe('streams', () => {
  test('the same key and index give the same number', () => {
    expect(uint32At(streamKey(7, 'dropout', 3, 9), 1000)).toBe(uint32At(streamKey(7, 'dropout', 3, 9), 1000));
  });

  test('seed, purpose, epoch and step each name a stream of their own', () => {
    const purposes = Object.keys(PURPOSES).filter((name): name is Purpose => name in PURPOSES);
    const keys = [
      ...purposes.map((purpose) => streamKey(42, purpose)),
      streamKey(43, 'weights'),
      streamKey(42, 'weights', 1),
      streamKey(42, 'weights', 0, 1),
    ];
    const heads = keys.map((key) => [0, 1, 2, 3].map((i) => uint32At(key, i)).join());
    expect(new Set(heads).size).toBe(keys.length);
  });

  test('values are uniform: 100,000 of them fill 20 bins evenly', () => {
    const values = Array.from({ length: 100_000 }, (_, i) => uniformAt(KEY, i));
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    const counts = Array.from({ length: 20 }, (_, bin) => values.filter((v) => Math.floor(v * 20) === bin).length);
    const chiSquare = counts.reduce((sum, count) => sum + (count - 5000) ** 2 / 5000, 0);
    // 19 degrees of freedom: 43.8 is passed by one fair stream in a thousand.
    expect(chiSquare).toBeLessThan(43.8);
  });

  test('neighbouring values are uncorrelated', () => {
    const n = 100_000;
    const products = Array.from({ length: n }, (_, i) => (uniformAt(KEY, i) - 0.5) * (uniformAt(KEY, i + 1) - 0.5));
    const correlation = (12 * products.reduce((sum, product) => sum + product, 0)) / n;
    expect(Math.abs(correlation)).toBeLessThan(4 / Math.sqrt(n));
  });

  test('many values at once are those that come one by one', () => {
    const one = Float32Array.from({ length: 1003 }, (_, i) => uniformAt(KEY, i));
    expect(uniforms(KEY, 1003)).toEqual(one);
  });

  test('a uniform value has 24 bits, as a float32 holds them', () => {
    for (let i = 0; i < 100; i++) expect(Math.fround(uniformAt(KEY, i))).toBe(uniformAt(KEY, i));
  });
});

describe('permutation', () => {
  test('holds each number once', () => {
    const order = permutation(1000, KEY);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  });

  test('is empty for none and [0] for one', () => {
    expect([...permutation(0, KEY)]).toEqual([]);
    expect([...permutation(1, KEY)]).toEqual([0]);
  });

  test('differs from key to key and repeats for the same key', () => {
    expect(permutation(100, streamKey(1, 'shuffle'))).toEqual(permutation(100, streamKey(1, 'shuffle')));
    expect(permutation(100, streamKey(1, 'shuffle'))).not.toEqual(permutation(100, streamKey(2, 'shuffle')));
  });

  test('gives each of the six orders of three about as often', () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 6000; seed++) {
      const order = permutation(3, streamKey(seed, 'shuffle')).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(130);
  });
});
