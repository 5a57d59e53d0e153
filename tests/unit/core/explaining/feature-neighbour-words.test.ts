import { describe, expect, test } from 'vitest';
import {
  neighbourSource,
  neighbourVerdict,
  type TwoRows,
} from '../../../../src/core/explaining/feature-neighbour-words.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';

const [TSHIRT, PULLOVER, COAT, SHIRT] = [0, 2, 4, 6];

function verdictOf(rows: Partial<TwoRows>): string {
  return neighbourVerdict({
    dataset: FASHION_MNIST,
    label: TSHIRT,
    predicted: null,
    pixelLabels: [0, 0],
    hiddenLabels: [0, 0],
    shared: 0,
    ...rows,
  });
}

const APART = 'No image is in both rows: images that look alike pixel by pixel are not always alike to a network.';

describe('of a mistake', () => {
  test('neighbours of the class that it was taken for explain it', () => {
    expect(verdictOf({ predicted: SHIRT, hiddenLabels: [SHIRT, SHIRT, TSHIRT] })).toBe(
      `2 of these 3 are labelled Shirt, and none of those above: the network finds this T-shirt/top more like them than the pixels do, hence its mistake. ${APART}`,
    );
  });

  test('an image that looks like them as well is easily mistaken', () => {
    const rows = { pixelLabels: [SHIRT, SHIRT, TSHIRT], hiddenLabels: [SHIRT, SHIRT, SHIRT] };
    expect(verdictOf({ predicted: SHIRT, ...rows, pixelLabels: [SHIRT] })).toContain('so are all those above: this');
    expect(verdictOf({ predicted: SHIRT, ...rows })).toBe(
      `All 3 are labelled Shirt, and so are 2 of those above: this T-shirt/top looks like them pixel by pixel, too, so the mistake is easy to make. ${APART}`,
    );
  });

  test('neighbours of its own class lay it to the last layer', () => {
    expect(verdictOf({ predicted: SHIRT, hiddenLabels: [TSHIRT, SHIRT, TSHIRT] })).toBe(
      `2 of these 3 are labelled T-shirt/top, as this image is: the mistake lies in the last layer, which took it for Shirt. ${APART}`,
    );
  });

  test('neighbours of neither class are said to be so', () => {
    expect(verdictOf({ predicted: SHIRT, hiddenLabels: [COAT, PULLOVER] })).toMatch(
      /^None of these is labelled T-shirt\/top or Shirt: the network finds this image similar to neither\./,
    );
  });
});

describe('of a right answer', () => {
  test('the network has learned what only looks alike to tell apart', () => {
    expect(verdictOf({ predicted: TSHIRT, pixelLabels: [SHIRT, TSHIRT], shared: 1 })).toBe(
      'All 2 are labelled T-shirt/top, and only 1 of those above: the network has learned what sets T-shirt/top apart. 1 image is in both rows: images that look alike pixel by pixel are not always alike to a network.',
    );
  });

  test('an image with its own kind in both rows is easy', () => {
    expect(verdictOf({ predicted: TSHIRT, shared: 2 })).toBe(
      'All 2 are labelled T-shirt/top, and so are all those above: this image is easy to recognise. Both rows show the same images.',
    );
  });

  test('others among its neighbours make it doubtful', () => {
    expect(verdictOf({ hiddenLabels: [SHIRT, TSHIRT] })).toMatch(
      /^1 of these 2 is labelled T-shirt\/top, as this image is: the network cannot be certain about it\./,
    );
  });
});

describe('the source', () => {
  const layer = { position: 3, name: 'Dense 1', width: 100 };

  test('names the layer, the run and its step', () => {
    expect(neighbourSource(layer, { run: 3, step: 1200, testAccuracy: null }, 60_000, FASHION_MNIST)).toBe(
      'By the 100 values of Dense 1, the last hidden layer of run 3 at step 1,200.',
    );
  });

  test('names the network that ships, and how many images are here', () => {
    expect(neighbourSource(layer, { run: 'shipped', step: 3000, testAccuracy: 0.9 }, 2000, FASHION_MNIST)).toBe(
      'By the 100 values of Dense 1, the last hidden layer of the network trained in advance. Among the 2,000 training images loaded so far.',
    );
  });

  test('says how very many values are compared', () => {
    expect(
      neighbourSource({ ...layer, width: 4096 }, { run: 1, step: 9, testAccuracy: null }, 60_000, FASHION_MNIST),
    ).toBe(
      'By the 4,096 values of Dense 1, the last hidden layer of run 1 at step 9. 512 sums of them choose 100 candidates, and all of them put these in order.',
    );
  });
});
