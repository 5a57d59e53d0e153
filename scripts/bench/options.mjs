import { oneOf, readOptions, wholeNumber } from '../setup/options.mjs';

/** @typedef {'webgl' | 'webgpu' | 'wasm'} BenchBackend */
/** @typedef {'llvmpipe' | 'swiftshader' | 'gpu'} Renderer */
/**
 * @typedef {{
 *   cases: string[], batches: number[], backend: BenchBackend, renderer: Renderer,
 *   rounds: number, budgetMs: number, json: string | undefined, native: boolean, tape: boolean,
 *   table: boolean, compile: boolean, minutes: number,
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
  tape: { type: 'boolean', default: false },
  table: { type: 'boolean', default: false },
  compile: { type: 'boolean', default: false },
  minutes: { type: 'string', default: '12' },
  json: { type: 'string' },
});

export const USAGE = `npm run bench -- [options]
  --case A,B        which networks (${CASES.join(', ')}); all of them if left out
  --batch 32,128    images a step
  --backend webgl   webgl, webgpu or wasm
  --renderer gpu    llvmpipe (as if there were no GPU), swiftshader or gpu
  --rounds 5        how often each engine is measured, in turns
  --budget 2000     milliseconds that the timed steps of one measurement should take
  --tape            measures this engine's kernels through tfjs' tape beside it
  --native          measures PyTorch beside it, by the Python of verify-exports
  --compile         lets PyTorch try torch.compile, too, which takes minutes before the first measurement
  --json FILE       writes the figures
  --table           instead of all this: everybody in one run (WebAssembly, its tape, PyTorch, WebGL, unmodified tfjs), and the
                    table of README.md and docs/bench.json, with the PyTorch of the system, too, where /usr/bin/python3 has one; --case, --batch, --rounds, --budget and --compile apply
  --minutes 12      no round of the table begins that would not end within these minutes`;

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
    tape: values.tape,
    table: values.table,
    compile: values.compile,
    minutes: wholeNumber(values.minutes, '--minutes', 600),
  };
}
