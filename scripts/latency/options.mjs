import { parseArgs } from 'node:util';
import { Problem } from '../setup/problem.mjs';

/** @typedef {'webgl' | 'wasm' | 'cpu'} LatencyBackend */
/** @typedef {'line' | 'stroke' | 'search' | 'training'} SituationName */
/**
 * @typedef {{
 *   backends: LatencyBackend[], renderer: import('../bench/options.mjs').Renderer, situations: SituationName[],
 *   strokes: number,
 * }} LatencyOptions
 */

const BACKENDS = /** @type {const} */ (['webgl', 'wasm', 'cpu']);
const RENDERERS = /** @type {const} */ (['llvmpipe', 'swiftshader', 'gpu']);
const SITUATIONS = /** @type {const} */ (['line', 'stroke', 'search', 'training']);
const MAX_STROKES = 1000;

export const USAGE = `npm run latency -- [options]
  --backend webgl,wasm  what answers: webgl, wasm or cpu
  --renderer llvmpipe   llvmpipe (as if there were no GPU), swiftshader or gpu
  --situation line      line (drawn at once), stroke (of 40 pieces, as quick as the browser takes them), search (while the
                        nearest training images are searched) or training; all of them if left out
  --strokes 20          how many strokes are timed in each situation`;

/**
 * @param {string[]} args what stands behind `npm run latency --`
 * @returns {LatencyOptions}
 * @throws {Problem} where an option is unknown or its value is not one of those that it takes.
 */
export function parseOptions(args) {
  const { backend, renderer, situation, strokes } = read(args);
  const count = Number(strokes);
  if (!Number.isInteger(count) || count < 1 || count > MAX_STROKES)
    throw new Problem(`--strokes takes a whole number from 1 to ${MAX_STROKES}, not ${JSON.stringify(strokes)}.`);
  return {
    backends: backend.split(',').map((name) => oneOf(name, BACKENDS, '--backend')),
    situations: situation.split(',').map((name) => oneOf(name, SITUATIONS, '--situation')),
    renderer: oneOf(renderer, RENDERERS, '--renderer'),
    strokes: count,
  };
}

/** @param {string[]} args */
function read(args) {
  try {
    return parseArgs({
      args,
      options: {
        backend: { type: 'string', default: 'webgl,wasm' },
        renderer: { type: 'string', default: 'llvmpipe' },
        situation: { type: 'string', default: SITUATIONS.join(',') },
        strokes: { type: 'string', default: '20' },
      },
    }).values;
  } catch (error) {
    throw new Problem(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
}

/**
 * @template {string} Choice
 * @param {string} text
 * @param {readonly Choice[]} choices
 * @param {string} option
 * @returns {Choice}
 */
function oneOf(text, choices, option) {
  const found = choices.find((choice) => choice === text);
  if (found !== undefined) return found;
  throw new Problem(`${option} takes ${choices.join(', ')}, not ${JSON.stringify(text)}.`);
}
