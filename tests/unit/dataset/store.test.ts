import { describe, expect, it } from 'vitest';
import { IMAGE_BYTES } from '../../../src/core/dataset/stream-events.ts';
import { ImageStore } from '../../../src/dataset/store.ts';

/** Images whose label and every pixel is their number. */
function images(...numbers: number[]) {
  const pixels = new Uint8Array(numbers.length * IMAGE_BYTES);
  numbers.forEach((number, i) => {
    pixels.fill(number, i * IMAGE_BYTES, (i + 1) * IMAGE_BYTES);
  });
  return { labels: Uint8Array.from(numbers), pixels };
}

describe('ImageStore', () => {
  it('holds what arrived, split by split', () => {
    const store = new ImageStore({ train: 5, test: 2 });
    store.add('train', 0, images(3, 4));
    store.add('test', 0, images(9));
    store.add('train', 2, images(5));
    expect([store.arrived('train'), store.total('train')]).toEqual([3, 5]);
    expect([store.arrived('test'), store.total('test')]).toEqual([1, 2]);
    expect([...store.labels('train')]).toEqual([3, 4, 5]);
    expect(store.pixels('train')).toEqual(images(3, 4, 5).pixels);
    expect([...store.labels('test')]).toEqual([9]);
  });

  it('gathers copies of images in the order asked for, the same one twice if need be', () => {
    const store = new ImageStore({ train: 5, test: 2 });
    store.add('train', 0, images(3, 4, 5));
    const gathered = store.gather('train', [2, 0, 2]);
    expect(gathered).toEqual(images(5, 3, 5));
    gathered.pixels.fill(0);
    expect(store.pixels('train')).toEqual(images(3, 4, 5).pixels);
  });

  it('refuses to gather an image that has not arrived, or never will', () => {
    const store = new ImageStore({ train: 5, test: 2 });
    store.add('train', 0, images(3, 4, 5));
    expect(() => store.gather('train', [0, 3])).toThrow('Image 3 of train has not arrived.');
    expect(() => store.gather('test', [0])).toThrow('Image 0 of test has not arrived.');
    expect(() => store.gather('train', [-1])).toThrow(RangeError);
  });

  it('refuses images out of turn, and labels without images', () => {
    const store = new ImageStore({ train: 5, test: 2 });
    store.add('train', 0, images(1, 2));
    expect(() => store.add('train', 3, images(4))).toThrow('Image 3 came where image 2 was due.');
    expect(() => store.add('train', 0, images(1, 2))).toThrow('Image 0 came where image 2 was due.');
    expect(() => store.add('train', 2, { labels: new Uint8Array(2), pixels: new Uint8Array(784) })).toThrow(RangeError);
    expect(store.arrived('train')).toBe(2);
  });

  it('wakes each waiter when its images are there, and no sooner', async () => {
    const store = new ImageStore({ train: 5, test: 2 });
    const woken: string[] = [];
    const waits = [
      store.waitFor('train', 4).then(() => woken.push('4')),
      store.waitFor('train', 2).then(() => woken.push('2')),
      store.waitFor('test', 1).then(() => woken.push('test')),
      store.waitFor('train', 0).then(() => woken.push('0')),
    ];
    await waits[3];
    expect(woken).toEqual(['0']);
    store.add('train', 0, images(1, 2, 3));
    await waits[1];
    expect(woken).toEqual(['0', '2']);
    store.add('test', 0, images(1));
    store.add('train', 3, images(4));
    await Promise.all(waits);
    expect(woken.toSorted()).toEqual(['0', '2', '4', 'test']);
  });

  it('ends a wait with the reason of the signal', async () => {
    const store = new ImageStore({ train: 5, test: 2 });
    const abort = new AbortController();
    const waiting = store.waitFor('train', 1, abort.signal);
    abort.abort(new Error('Stopped.'));
    await expect(waiting).rejects.toThrow('Stopped.');
    await expect(store.waitFor('train', 0, abort.signal)).rejects.toThrow('Stopped.');
  });

  it('refuses to wait for images that will never come', async () => {
    const store = new ImageStore({ train: 5, test: 2 });
    await expect(store.waitFor('train', 6)).rejects.toThrow('There are 5 images in train, not 6.');
  });
});
