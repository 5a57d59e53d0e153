import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { mayReplace } from '../../../scripts/exports/python.mjs';

const root = mkdtempSync(join(tmpdir(), 'python-'));

afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A path of which `make` makes something. */
function placeWith(make: (path: string) => void): string {
  mkdirSync(root, { recursive: true });
  const path = join(root, 'place');
  make(path);
  return path;
}

test('an environment is made where nothing is, in an empty folder, and in the place of another environment', () => {
  expect(mayReplace(placeWith(() => undefined))).toBe(true);
  expect(mayReplace(placeWith((path) => mkdirSync(path)))).toBe(true);
  expect(mayReplace(placeWith((path) => writeFileSync(join(path, 'pyvenv.cfg'), 'home = /usr/bin')))).toBe(true);
});

test('a file, and a folder with something else in it, is not deleted', () => {
  expect(mayReplace(placeWith((path) => writeFileSync(path, 'python')))).toBe(false);
  rmSync(root, { recursive: true });
  const folder = placeWith((path) => {
    mkdirSync(path);
    writeFileSync(join(path, 'thesis.tex'), '');
  });
  expect(mayReplace(folder)).toBe(false);
});
