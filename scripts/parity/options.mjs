import { oneOf, readOptions } from '../setup/options.mjs';

/** Who trains, in the order of the table: a backend of the app's engine, by the steps that it chooses or by tfjs' tape. */
export const ENGINES = /** @type {const} */ ({
  wasm: { title: 'WebAssembly', backend: 'wasm', way: 'chosen' },
  'wasm-tape': { title: 'WebAssembly, tape', backend: 'wasm', way: 'tape' },
  webgl: { title: 'WebGL', backend: 'webgl', way: 'chosen' },
  webgpu: { title: 'WebGPU', backend: 'webgpu', way: 'chosen' },
  cpu: { title: 'JavaScript', backend: 'cpu', way: 'chosen' },
});

/** @typedef {keyof typeof ENGINES} EngineId */

/** Who takes seconds for a step of a large network where the processor stands in for a GPU. */
const SLOW_WITHOUT_GPU = ['webgpu'];

/** @typedef {{ only: string[], engines: EngineId[], renderer: import('../bench/options.mjs').Renderer, kept: boolean, table: boolean, json: string | undefined }} ParityOptions */

const OPTIONS = /** @type {const} */ ({
  only: { type: 'string', default: '' },
  engines: { type: 'string', default: Object.keys(ENGINES).join(',') },
  gpu: { type: 'boolean', default: false },
  kept: { type: 'boolean', default: false },
  table: { type: 'boolean', default: false },
  json: { type: 'string' },
});

export const USAGE = `npm run parity -- [options]
  --only dense,lstm       which cases; all of them if left out
  --engines wasm,webgl    whose losses (${Object.keys(ENGINES).join(', ')}); all of them if left out
  --gpu                   WebGL and WebGPU on the machine's GPU, not drawn by the processor
  --kept                  trains nothing: what a command before has trained, which may have been stopped
  --table                 writes docs/parity.md
  --json FILE             writes the losses`;

/**
 * How many steps of a case somebody trains: all, or those of its shortest span.
 * @param {{ engine: EngineId, renderer: import('../bench/options.mjs').Renderer, isSmall: boolean, spans: readonly number[] }} training
 * @returns {number}
 */
export function stepsOf({ engine, renderer, isSmall, spans }) {
  const isSlow = !isSmall && renderer !== 'gpu' && SLOW_WITHOUT_GPU.includes(engine);
  return isSlow ? Math.min(...spans) : Math.max(...spans);
}

/**
 * @param {string[]} args what stands behind `npm run parity --`
 * @param {readonly string[]} cases every one's id
 * @returns {ParityOptions}
 * @throws {import('../setup/problem.mjs').Problem} where an option is unknown or its value is not one of those that it takes.
 */
export function parseOptions(args, cases) {
  const { only, engines, gpu, kept, table, json } = readOptions(args, OPTIONS, USAGE);
  const wanted = only === '' ? cases : only.split(',').map((id) => oneOf(id, cases, '--only'));
  const all = /** @type {EngineId[]} */ (Object.keys(ENGINES));
  return {
    only: [...wanted],
    engines: engines.split(',').map((id) => oneOf(id, all, '--engines')),
    renderer: gpu ? 'gpu' : 'llvmpipe',
    kept,
    table,
    json,
  };
}
