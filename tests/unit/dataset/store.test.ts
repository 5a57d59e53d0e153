import { describe, expect, it } from 'vitest';
import type { DatasetSpec } from '../../../src/core/dataset/spec.ts';
import { SampleStore } from '../../../src/dataset/store.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { numberFields } from '../../support/number-fields.ts';

/** Tables of three floats, of which there are few: 12 bytes a sample. */
const SPEC: DatasetSpec = {
  ...FASHION_MNIST,
  samples: {
    kind: 'table',
    fields: numberFields('column 1', 'column 2', 'column 3'),
    answer: 'kind',
    storage: 'float32',
    scale: 1,
  },
  splits: { train: 5, test: 2 },
};
const SAMPLE_BYTES = 12;

/** Samples whose label and every byte is their number. */
function samples(...numbers: number[]) {
  const values = new Uint8Array(numbers.length * SAMPLE_BYTES);
  numbers.forEach((number, i) => {
    values.fill(number, i * SAMPLE_BYTES, (i + 1) * SAMPLE_BYTES);
  });
  return { labels: Uint8Array.from(numbers), values };
}

describe('SampleStore', () => {
  it('holds what arrived, split by split', () => {
    const store = new SampleStore(SPEC);
    store.add('train', 0, samples(3, 4));
    store.add('test', 0, samples(9));
    store.add('train', 2, samples(5));
    expect([store.arrived('train'), store.total('train')]).toEqual([3, 5]);
    expect([store.arrived('test'), store.total('test')]).toEqual([1, 2]);
    expect([...store.labels('train')]).toEqual([3, 4, 5]);
    expect(store.values('train')).toEqual(samples(3, 4, 5).values);
    expect([...store.labels('test')]).toEqual([9]);
  });

  it('gathers copies of samples in the order asked for, the same one twice if need be', () => {
    const store = new SampleStore(SPEC);
    store.add('train', 0, samples(3, 4, 5));
    const gathered = store.gather('train', [2, 0, 2]);
    expect(gathered).toEqual(samples(5, 3, 5));
    gathered.values.fill(0);
    expect(store.values('train')).toEqual(samples(3, 4, 5).values);
  });

  it('refuses to gather a sample that has not arrived, or never will', () => {
    const store = new SampleStore(SPEC);
    store.add('train', 0, samples(3, 4, 5));
    expect(() => store.gather('train', [0, 3])).toThrow('Sample 3 of train has not arrived.');
    expect(() => store.gather('test', [0])).toThrow('Sample 0 of test has not arrived.');
    expect(() => store.gather('train', [-1])).toThrow(RangeError);
  });

  it('refuses samples out of turn, and labels without samples', () => {
    const store = new SampleStore(SPEC);
    store.add('train', 0, samples(1, 2));
    expect(() => store.add('train', 3, samples(4))).toThrow('Sample 3 came where sample 2 was due.');
    expect(() => store.add('train', 0, samples(1, 2))).toThrow('Sample 0 came where sample 2 was due.');
    expect(() => store.add('train', 2, { labels: new Uint8Array(2), values: new Uint8Array(SAMPLE_BYTES) })).toThrow(
      RangeError,
    );
    expect(store.arrived('train')).toBe(2);
  });

  it('wakes each waiter when its samples are there, and no sooner', async () => {
    const store = new SampleStore(SPEC);
    const woken: string[] = [];
    const waits = [
      store.waitFor('train', 4).then(() => woken.push('4')),
      store.waitFor('train', 2).then(() => woken.push('2')),
      store.waitFor('test', 1).then(() => woken.push('test')),
      store.waitFor('train', 0).then(() => woken.push('0')),
    ];
    await waits[3];
    expect(woken).toEqual(['0']);
    store.add('train', 0, samples(1, 2, 3));
    await waits[1];
    expect(woken).toEqual(['0', '2']);
    store.add('test', 0, samples(1));
    store.add('train', 3, samples(4));
    await Promise.all(waits);
    expect(woken.toSorted()).toEqual(['0', '2', '4', 'test']);
  });

  it('ends a wait with the reason of the signal', async () => {
    const store = new SampleStore(SPEC);
    const abort = new AbortController();
    const waiting = store.waitFor('train', 1, abort.signal);
    abort.abort(new Error('Stopped.'));
    await expect(waiting).rejects.toThrow('Stopped.');
    await expect(store.waitFor('train', 0, abort.signal)).rejects.toThrow('Stopped.');
  });

  it('refuses to wait for samples that will never come', async () => {
    const store = new SampleStore(SPEC);
    await expect(store.waitFor('train', 6)).rejects.toThrow('There are 5 samples in train, not 6.');
  });
});
