import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { symbolsIn } from '../../../../scripts/setup/icons-in-page.mjs';

test('every icon that has a name has a shape, and only one', () => {
  const source = readFileSync('src/ui/base/Icon.tsx', 'utf8');
  const names = source.match(/IconName =([^;]*);/)?.[1]?.match(/(?<=')[\w-]+/g) ?? [];
  const ids = symbolsIn('src/ui/base/icons').map(
    (symbol) => symbol.match(/^<symbol id="i-([\w-]+)" viewBox="0 0 \d+ \d+">/)?.[1],
  );
  expect(names.length).toBeGreaterThan(40);
  expect(ids.toSorted()).toEqual(names.toSorted());
});
