import { expect, test } from 'vitest';
import { isStale } from '../../../scripts/setup/packages.mjs';

const wanted = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/react': { version: '19.3.1' },
    'node_modules/for-another-platform': { version: '1.0.0', optional: true },
  },
};

test('packages as locked are not stale, though those of other platforms are missing', () => {
  expect(isStale(wanted, { packages: { 'node_modules/react': { version: '19.3.1' } } })).toBe(false);
});

test('a missing package is stale', () => {
  expect(isStale(wanted, { packages: {} })).toBe(true);
});

test('another version is stale', () => {
  expect(isStale(wanted, { packages: { 'node_modules/react': { version: '19.3.0' } } })).toBe(true);
});
