import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** What a package of the lock file says of itself, as far as it matters here. */
type Locked = { readonly version: string; readonly optionalDependencies?: Readonly<Record<string, string>> };

test('the lock file names the packages of every platform, so that npm ci accepts it on each', () => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const packages = new Map<string, Locked>(Object.entries(lock.packages));
  const missing = [...packages].flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages.has(`${path}/node_modules/${name}`) && !packages.has(`node_modules/${name}`),
    ),
  );
  expect(missing).toEqual([]);
  expect(packages.size).toBeGreaterThan(300);
});
