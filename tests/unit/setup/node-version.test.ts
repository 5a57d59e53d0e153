import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkNode, isSupportedNode } from '../../../scripts/setup/node-version.mjs';

test.each(['20.19.0', '20.20.2', '22.12.0', '24.0.0', '25.1.0'])('Node %s is supported', (version) => {
  expect(isSupportedNode(version)).toBe(true);
});

test.each(['12.22.0', '18.20.0', '20.18.3', '21.7.0', '22.11.0', '23.5.0'])('Node %s is refused', (version) => {
  expect(isSupportedNode(version)).toBe(false);
});

test('the refusal names both versions', () => {
  expect(() => checkNode('18.20.0')).toThrow(/needs Node 20\.19 or newer .* this is Node 18\.20\.0/);
});

test('package.json promises the same range', () => {
  expect(JSON.parse(readFileSync('package.json', 'utf8')).engines.node).toBe('^20.19.0 || ^22.12.0 || >=24.0.0');
});
