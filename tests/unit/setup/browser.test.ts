import { expect, test } from 'vitest';
import { browserFlags, findBrowser } from '../../../scripts/setup/browser.mjs';

const only = (path: string) => (candidate: string) => candidate === path;

test('CHROME_PATH goes before the usual places', () => {
  const env = { CHROME_PATH: '/opt/mine' };
  expect(findBrowser({ env, platform: 'linux', exists: () => true })).toBe('/opt/mine');
});

test('a CHROME_PATH that names no file is not replaced by another browser', () => {
  const env = { CHROME_PATH: '/opt/mine' };
  expect(findBrowser({ env, platform: 'linux', exists: only('/usr/bin/chromium') })).toBeUndefined();
});

test('an empty CHROME_PATH counts as none', () => {
  const env = { CHROME_PATH: '' };
  expect(findBrowser({ env, platform: 'linux', exists: only('/usr/bin/chromium') })).toBe('/usr/bin/chromium');
});

test.each([
  ['linux', '/usr/bin/microsoft-edge'],
  ['darwin', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
  ['win32', 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'],
] as const)('on %s it finds %s', (platform, path) => {
  const env = { ProgramFiles: 'C:\\Program Files' };
  expect(findBrowser({ env, platform, exists: only(path) })).toBe(path);
});

test('without any browser it finds none', () => {
  expect(findBrowser({ env: {}, platform: 'linux', exists: () => false })).toBeUndefined();
});

test('Linux renders with the OpenGL of the system, or with that of the browser where there is none', () => {
  const egl = only('/usr/lib64/libEGL.so.1');
  expect(browserFlags('linux', egl)).toContain('--use-angle=gl-egl');
  expect(browserFlags('linux', () => false)).toContain('--use-angle=swiftshader');
});

test('other systems choose their own renderer', () => {
  expect(browserFlags('darwin', () => true).join()).not.toContain('angle');
});
