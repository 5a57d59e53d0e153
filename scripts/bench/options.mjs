import { oneOf, readOptions, wholeNumber } from '../setup/options.mjs';

/** @typedef {'webgl' | 'webgpu' | 'wasm'} BenchBackend */
/** @typedef {'llvmpipe' | 'swiftshader' | 'gpu'} Renderer */
/**
 * @typedef {{
 *   cases: string[], batches: number[], backend: BenchBackend, renderer: Renderer,
 *   rounds: number, budgetMs: number, json: string | undefined, native: boolean,
 * }} BenchOptions
 */

const CASES = ['A', 'B', 'C', 'R'];
const BACKENDS = /** @type {const} */ (['webgl', 'webgpu', 'wasm']);
/** What may draw. */
export const RENDERERS = /** @type {const} */ (['llvmpipe', 'swiftshader', 'gpu']);
const MAX_BATCH = 1024;

const OPTIONS = /** @type {const} */ ({
  case: { type: 'string', default: CASES.join(',') },
  batch: { type: 'string', default: '32,128' },
  backend: { type: 'string', default: 'webgl' },
  renderer: { type: 'string', default: 'llvmpipe' },
  rounds: { type: 'string', default: '5' },
  budget: { type: 'string', default: '2000' },
  native: { type: 'boolean', default: false },
  json: { type: 'string' },
});

export const USAGE = `npm run bench -- [options]
  --case A,B        which networks (${CASES.join(', ')}); all of them if left out
  --batch 32,128    images a step
  --backend webgl   webgl, webgpu or wasm
  --renderer gpu    llvmpipe (as if there were no GPU), swiftshader or gpu
  --rounds 5        how often each engine is measured, in turns
  --budget 2000     milliseconds that the timed steps of one measurement should take
  --native          measures PyTorch beside it, where /usr/bin/python3 has it
  --json FILE       writes the figures`;

/**
 * @param {string[]} args what stands behind `npm run bench --`
 * @returns {BenchOptions}
 * @throws {import('../setup/problem.mjs').Problem} where an option is unknown or its value is not one of those that it takes.
 */
export function parseOptions(args) {
  const values = readOptions(args, OPTIONS, USAGE);
  return {
    cases: values.case.split(',').map((name) => oneOf(name, CASES, '--case')),
    batches: values.batch.split(',').map((text) => wholeNumber(text, '--batch', MAX_BATCH)),
    backend: oneOf(values.backend, BACKENDS, '--backend'),
    renderer: oneOf(values.renderer, RENDERERS, '--renderer'),
    rounds: wholeNumber(values.rounds, '--rounds', 1000),
    budgetMs: wholeNumber(values.budget, '--budget', 600_000),
    json: values.json,
    native: values.native,
  };
}
