import { expect, test } from 'vitest';
import type { LabelledNeighbours } from '../../../src/core/explaining/nearest.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import type { QuestionOf } from '../../../src/protocol/requests.ts';
import { findNearestSamples } from '../../../src/state/nearest-samples.ts';

/** A white ring on black, 20 pixels wide. */
const ring = Uint8Array.from({ length: 784 }, (_, i) => {
  const [x, y] = [i % 28, Math.floor(i / 28)];
  const isInside = x >= 4 && x < 24 && y >= 4 && y < 24;
  return isInside && (x === 4 || x === 23 || y === 4 || y === 23) ? 255 : 0;
});

/** A search in which everything lies this far from the nearest image, unless it is more than half white. */
function searchAt(distance: number, filled: number, searched = 60_000) {
  const questions: { readonly images: number; readonly k: number }[] = [];
  const search = async ({ pixels, k }: QuestionOf<'pixelNeighbours'>): Promise<LabelledNeighbours> => {
    const images = pixels.length / 784;
    questions.push({ images, k });
    const distances = Float32Array.from({ length: images * k }, (_, i) => {
      const first = Math.floor(i / k) * 784;
      const white = pixels.subarray(first, first + 784).filter((value) => value > 0).length;
      return white > 200 ? filled : distance;
    });
    return { searched, distances, indices: new Uint32Array(images * k), labels: new Uint8Array(images * k) };
  };
  return { questions, search };
}

test('a drawing like the data has neighbours and a percentile, and nothing else is asked', async () => {
  const { questions, search } = searchAt(20, 20);
  const nearest = await findNearestSamples(FASHION_MNIST, ring, 8, search);
  expect(nearest).toMatchObject({ neighbours: { searched: 60_000 }, text: null, better: null });
  expect(nearest?.percentile).toBeLessThan(95);
  expect(questions).toEqual([{ images: 1, k: 8 }]);
});

test('an odd drawing is compared with itself after each change, and the best change is offered', async () => {
  const { questions, search } = searchAt(70, 30);
  const nearest = await findNearestSamples(FASHION_MNIST, ring, 8, search);
  expect(nearest?.percentile).toBe(100);
  expect(nearest?.better?.change).toBe('filled');
  expect(nearest?.better?.pixels[14 * 28 + 14]).toBe(255);
  expect(nearest?.text).toContain('Filled, it would be closer');
  // The ring is its own mirror image and centred already: enlarged and filled are left.
  expect(questions).toEqual([
    { images: 1, k: 8 },
    { images: 2, k: 1 },
  ]);
});

test('where no change helps, the warning stands alone', async () => {
  const { search } = searchAt(90, 90);
  const nearest = await findNearestSamples(FASHION_MNIST, ring, 1, search);
  expect(nearest).toMatchObject({ percentile: 100, better: null });
  expect(nearest?.text).toMatch(/so the answer means little\.$/);
});

test('until all training images have arrived there are neighbours, but no percentile', async () => {
  const { search } = searchAt(90, 90, 12_000);
  expect(await findNearestSamples(FASHION_MNIST, ring, 1, search)).toMatchObject({
    percentile: null,
    text: null,
    better: null,
  });
});

test('before the first training image has arrived there is nothing to say', async () => {
  const { search } = searchAt(90, 90, 0);
  expect(await findNearestSamples(FASHION_MNIST, ring, 1, search)).toBeNull();
});

test('it rejects where the search does', async () => {
  const refused = findNearestSamples(FASHION_MNIST, ring, 1, () =>
    Promise.reject(new RangeError('There is no memory left.')),
  );
  await expect(refused).rejects.toThrow('There is no memory left.');
});

test('of other data the neighbours are shown, and nothing is said of how far they are', async () => {
  const digits = { ...FASHION_MNIST, id: 'digits', capabilities: ['drawing'] as const };
  const { questions, search } = searchAt(90, 90);
  const nearest = await findNearestSamples(digits, ring, 6, search);
  expect(nearest).toMatchObject({ neighbours: { searched: 60_000 }, percentile: null, text: null, better: null });
  expect(questions).toEqual([{ images: 1, k: 6 }]);
});

test('nothing is asked where the data set cannot be drawn', async () => {
  const { questions, search } = searchAt(90, 90);
  expect(await findNearestSamples({ ...FASHION_MNIST, capabilities: [] }, ring, 6, search)).toBeNull();
  expect(questions).toEqual([]);
});
