import { expect, test } from 'vitest';
import { normalQuantile } from '../../../src/core/normal-quantile.ts';

// scipy.stats.norm.ppf
test.each([
  { p: 0.5, z: 0 },
  { p: 0.975, z: 1.959963984540054 },
  { p: 0.01, z: -2.3263478740408408 },
  { p: 0.999, z: 3.090232306167813 },
  { p: 1e-6, z: -4.753424308822899 },
])('the normal quantile of $p is $z', ({ p, z }) => {
  expect(Math.abs(normalQuantile(p) - z)).toBeLessThan(1e-8);
});
