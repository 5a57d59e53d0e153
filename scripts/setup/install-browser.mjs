import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from './browser.mjs';
import { Problem } from './problem.mjs';

/** The browser, fonts for it, and OpenGL without a GPU. */
const BROWSER_PACKAGES = ['chromium', 'fonts-liberation'];
const OPENGL_PACKAGES = ['libgl1-mesa-dri', 'libegl1'];

/**
 * The path of a browser for the tests. Installs one where there is none, and software OpenGL where there is no GPU.
 *
 * @param {string} root the project's folder
 * @returns {string}
 * @throws {Problem} where no browser can be had.
 */
export function ensureBrowser(root) {
  const named = process.env['CHROME_PATH'];
  if (named && !existsSync(named)) {
    throw new Problem(`CHROME_PATH names no file: ${named}. Set it to Chrome, Chromium or Edge, or leave it out.`);
  }
  if (mayUseApt() && !hasGpu()) installDebianPackages(OPENGL_PACKAGES);
  const browser = findBrowser() ?? installBrowser(root);
  if (browser) return browser;
  throw new Problem(
    'The tests need a browser, and none could be found or installed. Install Chrome, Chromium or Edge, or set CHROME_PATH to one, and try again.',
  );
}

/**
 * @param {string} root
 * @returns {string | undefined}
 */
function installBrowser(root) {
  console.log('Installing a browser for the tests (once) ...');
  if (mayUseApt()) installDebianPackages(BROWSER_PACKAGES);
  return findBrowser() ?? installPlaywrightBrowser(root);
}

/**
 * @param {string} root
 * @returns {string | undefined}
 */
function installPlaywrightBrowser(root) {
  const asRoot = process.getuid?.() === 0 ? ['--with-deps'] : [];
  run(process.execPath, [join(root, 'node_modules/playwright/cli.js'), 'install', ...asRoot, 'chromium']);
  return findBrowser();
}

/**
 * @param {string[]} packages
 * @returns {void}
 */
function installDebianPackages(packages) {
  const missing = packages.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  console.log(`Installing the Debian packages ${missing.join(', ')} ...`);
  run('apt-get', ['update', '-qq']);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing]);
}

/**
 * @param {string} name a Debian package
 * @returns {boolean}
 */
function isInstalled(name) {
  return spawnSync('dpkg', ['-s', name], { encoding: 'utf8' }).stdout.includes('Status: install ok installed');
}

/**
 * Debian alone: the package `chromium` of Ubuntu is a snap, which no container can run.
 *
 * @returns {boolean}
 */
function mayUseApt() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false;
  return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** @returns {boolean} */
function hasGpu() {
  return existsSync('/dev/dri') || existsSync('/dev/nvidia0');
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {void}
 */
function run(command, args) {
  spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
}
