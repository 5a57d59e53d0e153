import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { siteOf } from '../../../scripts/setup/service-worker-build.mjs';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'site-'));
  write('index.html', '<!doctype html>');
  write('plain.js', 'one');
  write('assets/index-abc.js', 'run()');
});
afterEach(() => rmSync(dir, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
}

const urls = () => siteOf(dir).files.map(({ url }) => url);

test('lists all files but the data set, source maps, the manifest of the build and the service worker itself', () => {
  for (const path of ['data/train-00.bin', 'assets/index-abc.js.map', '.vite/manifest.json', 'service-worker.js']) {
    write(path, 'more');
  }
  expect(urls()).toEqual(['assets/index-abc.js', 'index.html', 'plain.js']);
});

test('gives a revision to names that stay when their contents change, and a hash to all but pages', () => {
  const [asset, page, script] = siteOf(dir).files;
  expect(asset?.revision).toBeNull();
  expect(asset?.integrity).toMatch(/^sha256-[\w+/]{43}=$/);
  expect(page).toEqual({ url: 'index.html', revision: expect.stringMatching(/^[0-9a-f]{12}$/) });
  expect(script?.revision).toMatch(/^[0-9a-f]{12}$/);
});

test('names another version when any file changes, and only then', () => {
  const { version } = siteOf(dir);
  expect(siteOf(dir).version).toBe(version);
  write('plain.js', 'two');
  const changed = siteOf(dir).version;
  expect(changed).not.toBe(version);
  write('icons/new.png', 'three');
  expect(siteOf(dir).version).not.toBe(changed);
});
