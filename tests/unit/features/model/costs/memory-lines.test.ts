import { expect, test } from 'vitest';
import { estimatedParts, plannedParts, sizeTexts } from '../../../../../src/features/model/costs/memory-lines.ts';

const MEGABYTE = 2 ** 20;
const NAMED = { batch: 'a batch of 32', optimizer: 'Adam', samples: 'images' };

test.each([
  { bytes: [1.006, 1.006, 1.006], parts: ['1.01 MB', '1.01 MB', '1.01 MB'], total: '3.03 MB' },
  { bytes: [12.345, 0, 30.081], parts: ['12.35 MB', '0.00 MB', '30.08 MB'], total: '42.43 MB' },
  { bytes: [1000.44, 800.44], parts: ['1,000.4 MB', '800.4 MB'], total: '1,800.8 MB' },
])('parts of $bytes megabytes add up to $total, as they are written', ({ bytes, parts, total }) => {
  expect(sizeTexts(bytes.map((part) => part * MEGABYTE))).toEqual({ parts, total });
});

test('a part too small for a decimal is not written as nothing', () => {
  expect(sizeTexts([1000, 2 * MEGABYTE])).toEqual({ parts: ['<0.01 MB', '2.00 MB'], total: '2.00 MB' });
  expect(sizeTexts([0, 0])).toEqual({ parts: ['0.00 MB', '0.00 MB'], total: '0.00 MB' });
});

test('a plan has gradients among the values of the batch, and training samples only where the device has a copy', () => {
  const plan = { weights: 1, optimizer: 2, batch: 3, samples: 4, rest: 5 };
  const names = (parts: readonly (readonly [string, number])[]) => parts.map(([name]) => name);
  expect(plannedParts(plan, NAMED)).toEqual([
    ['memory for weights', 1],
    ['for the optimizer, Adam', 2],
    ['for a batch of 32 and the gradients', 3],
    ['for the training images', 4],
    ['for everything else', 5],
  ]);
  expect(names(plannedParts({ ...plan, samples: 0 }, NAMED))).not.toContain('for the training images');
  const estimate = { weights: 1, gradients: 2, optimizer: 3, activations: 4, total: 10 };
  expect(names(estimatedParts(estimate, NAMED))).toContain('for gradients');
});
