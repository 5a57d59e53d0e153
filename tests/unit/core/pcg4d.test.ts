import { expect, test } from 'vitest';
import { pcg4d } from '../../../src/core/pcg4d.ts';

// Computed with Python's whole numbers from the four lines of the paper.
test.each([
  { words: [0, 0, 0, 0], hash: [251_852_841, 760_645_481, 850_445_371, 3_542_436_074] },
  { words: [1, 2, 3, 4], hash: [908_250_390, 4_044_648_920, 3_775_961_919, 45_698_095] },
  {
    words: [4_294_967_295, 4_294_967_295, 4_294_967_295, 4_294_967_295],
    hash: [2_538_526_866, 3_222_658_151, 2_677_364_576, 2_713_428_488],
  },
  { words: [42, 1, 0, 0], hash: [1_468_215_465, 2_109_049_991, 3_485_696_952, 2_743_634_600] },
] as const)('pcg4d hashes $words as the paper does', ({ words: [x, y, z, w], hash }) => {
  expect(pcg4d(x, y, z, w)).toEqual(hash);
});
