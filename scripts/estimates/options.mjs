import { RENDERERS } from '../bench/options.mjs';
import { oneOf, readOptions } from '../setup/options.mjs';

/** @typedef {'rates' | 'batches' | 'dropout' | 'optimizers' | 'short'} SweepName */
/**
 * @typedef {{
 *   backends: ('webgl' | 'wasm' | 'cpu')[], renderer: import('../bench/options.mjs').Renderer, sweeps: SweepName[],
 * }} EstimatesOptions
 */

const BACKENDS = /** @type {const} */ (['webgl', 'wasm', 'cpu']);
const SWEEP_NAMES = /** @type {const} */ (['rates', 'batches', 'dropout', 'optimizers', 'short']);

const OPTIONS = /** @type {const} */ ({
  backend: { type: 'string', default: 'wasm' },
  renderer: { type: 'string', default: 'llvmpipe' },
  sweep: { type: 'string', default: SWEEP_NAMES.join(',') },
});

export const USAGE = `npm run estimates -- [options]
  --backend wasm       what trains: webgl, wasm or cpu
  --renderer llvmpipe  llvmpipe (as if there were no GPU), swiftshader or gpu
  --sweep rates        rates, batches, dropout, optimizers or short; all of them if left out`;

/**
 * @param {string[]} args what stands behind `npm run estimates --`
 * @returns {EstimatesOptions}
 * @throws {import('../setup/problem.mjs').Problem} where an option is unknown or its value is not one of those that it takes.
 */
export function parseOptions(args) {
  const { backend, renderer, sweep } = readOptions(args, OPTIONS, USAGE);
  return {
    backends: backend.split(',').map((name) => oneOf(name, BACKENDS, '--backend')),
    sweeps: sweep.split(',').map((name) => oneOf(name, SWEEP_NAMES, '--sweep')),
    renderer: oneOf(renderer, RENDERERS, '--renderer'),
  };
}
