import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg } from 'node:os';

/**
 * Under which circumstances figures were measured.
 * @typedef {object} Circumstances
 * @property {string} date
 * @property {string} commit of the app
 * @property {string} processor
 * @property {number} cores
 * @property {number} load of the machine before anything was measured: processes that want to run
 */

/**
 * @param {string} root the project's folder
 * @returns {Circumstances}
 */
export function circumstances(root) {
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: commitNow(root),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    load: loadavg()[0] ?? 0,
  };
}

/**
 * The short name of the commit that is checked out; with a + where files of the app have been changed since.
 * @param {string} root the project's folder
 * @returns {string}
 */
export function commitNow(root) {
  const git = (/** @type {string[]} */ ...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain', '--untracked-files=no', '--', 'src') === '' ? '' : '+';
  return `${git('rev-parse', '--short', 'HEAD')}${changed}`;
}

/**
 * @param {Circumstances} circumstances
 * @returns {string} a sentence without its end.
 */
export function circumstancesText({ date, commit, processor, cores, load }) {
  return `${date}, commit ${commit}, ${processor} with ${cores} cores, load ${load.toFixed(1)} before`;
}
