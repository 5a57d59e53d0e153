import { afterEach, describe, expect, test } from 'vitest';
import { Draw } from './mutations.ts';
import { READERS } from './readers.ts';

/** Damaged copies for each reader: more than 10,000 in all. */
const COPIES = 640;

/** What programs look for on every object. */
const PROTOTYPE = Object.getOwnPropertyNames(Object.prototype);

afterEach(() => {
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(PROTOTYPE);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

test('there are 10,000 damaged links and files', () => {
  expect(READERS.length * COPIES).toBeGreaterThanOrEqual(10_000);
  expect(new Set(READERS.map(({ name }) => name)).size).toBe(READERS.length);
});

describe.each(READERS)('$name', ({ name, sample, mutate, read }) => {
  test(`of ${COPIES} damaged ones each is read or refused in a sentence`, async () => {
    let refused = 0;
    for (let copy = 0; copy < COPIES; copy++) {
      const draw = new Draw(sample.length, name.length, copy);
      const said = await read(Uint8Array.from(await mutate(draw)));
      if (said === null) continue;
      refused += 1;
      if (!/^[^\n]{8,600}[.!?]$/.test(said)) throw new Error(`Copy ${copy}: ${JSON.stringify(said)}`);
    }
    // Neither is everything taken, nor everything refused.
    expect(refused).toBeGreaterThan(COPIES / 50);
  });
});
