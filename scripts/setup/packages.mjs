import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from './problem.mjs';

/** @typedef {{ packages: Record<string, { version?: string, optional?: boolean }> }} Lock */

/**
 * The tools are development dependencies, needed under NODE_ENV=production as well; no package needs its scripts; and
 * what went wrong is to be seen under `npm --silent` too.
 */
const INSTALL_OPTIONS = ['--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Whether node_modules lacks a package of the lock file, or has another version of it. Packages for other platforms are
 * optional and may be missing.
 *
 * @param {Lock} wanted package-lock.json
 * @param {Lock} installed node_modules/.package-lock.json, which npm writes when it is done
 * @returns {boolean}
 */
export function isStale(wanted, installed) {
  return Object.entries(wanted.packages).some(([path, { version, optional }]) => {
    if (path === '') return false;
    const found = installed.packages[path];
    return found ? found.version !== version : !optional;
  });
}

/**
 * Installs the packages of the lock file, unless they are there.
 *
 * @param {string} root the project's folder
 * @returns {void}
 * @throws {Problem} when npm fails, which has said why by then.
 */
export function ensurePackages(root) {
  const record = join(root, 'node_modules/.package-lock.json');
  if (existsSync(record) && !isStale(readLock(join(root, 'package-lock.json')), readLock(record))) return;
  console.log('Installing the packages (once) ...');
  if (npm(root, ['ci', ...INSTALL_OPTIONS]) === 0) return;
  throw new Problem('npm could not install the packages: see above. Check the network connection and try again.');
}

/**
 * @param {string} path
 * @returns {Lock}
 */
function readLock(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/**
 * @param {string} cwd
 * @param {string[]} args
 * @returns {number | null}
 */
function npm(cwd, args) {
  const itself = process.env['npm_execpath'];
  const { status } = itself?.endsWith('.js')
    ? spawnSync(process.execPath, [itself, ...args], { cwd, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd, stdio: 'inherit', shell: process.platform === 'win32' });
  return status;
}
