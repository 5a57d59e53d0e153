import { Problem } from './problem.mjs';

/**
 * Whether vite and vitest run on this version of Node, written as `20.19.0`: the same range as `engines` in package.json.
 *
 * @param {string} version
 * @returns {boolean}
 */
export function isSupportedNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24;
}

/**
 * @param {string} [version]
 * @returns {void}
 * @throws {Problem} where Node is too old, or one of the odd versions that the tools do not support.
 */
export function checkNode(version = process.versions.node) {
  if (isSupportedNode(version)) return;
  throw new Problem(
    `Fitting Room needs Node 20.19 or newer (20.19+, 22.12+ or 24+), and this is Node ${version}. Install one from https://nodejs.org and try again.`,
  );
}
