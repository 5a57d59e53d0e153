import { expect, test } from 'vitest';
import { alternationAt, isMirrored } from '../../../../src/core/training/alternating-flip.ts';
import { parseRecipe } from '../../../../src/core/training/recipe-parse.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';

const SAMPLES = Array.from({ length: 4000 }, (_, sample) => sample);
const mirroredIn = (epoch: number, seed = 42) =>
  SAMPLES.map((sample) => isMirrored(alternationAt(seed, epoch), sample));

test('two epochs show each image both ways, and the third is as the first', () => {
  const first = mirroredIn(0);
  expect(mirroredIn(1)).toEqual(first.map((is) => !is));
  expect(mirroredIn(2)).toEqual(first);
});

test('about half of the images are mirrored, others for another seed', () => {
  const first = mirroredIn(0);
  const share = first.filter(Boolean).length / SAMPLES.length;
  // Five standard deviations of a fair coin.
  expect(Math.abs(share - 0.5)).toBeLessThan(0.04);
  const same = mirroredIn(0, 43).filter((is, sample) => is === first[sample]).length / SAMPLES.length;
  expect(Math.abs(same - 0.5)).toBeLessThan(0.04);
});

test('recipes from before there was a choice are mirrored by chance', () => {
  const { augmentation } = parseRecipe({ augmentation: { flip: true, shift: 2 } }, FASHION_MNIST);
  expect(augmentation).toMatchObject({ flip: true, alternate: false, shift: 2 });
  expect(parseRecipe({ augmentation: { flip: true, alternate: true } }, FASHION_MNIST).augmentation.alternate).toBe(
    true,
  );
});
