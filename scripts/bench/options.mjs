import { parseArgs } from 'node:util';
import { Problem } from '../setup/problem.mjs';

/** @typedef {'webgl' | 'wasm'} BenchBackend */
/** @typedef {'llvmpipe' | 'swiftshader' | 'gpu'} Renderer */
/**
 * @typedef {{
 *   cases: string[], batches: number[], backend: BenchBackend, renderer: Renderer,
 *   rounds: number, budgetMs: number, json: string | undefined, native: boolean,
 * }} BenchOptions
 */

const CASES = ['A', 'B', 'C', 'R'];
const BACKENDS = /** @type {const} */ (['webgl', 'wasm']);
const RENDERERS = /** @type {const} */ (['llvmpipe', 'swiftshader', 'gpu']);
const MAX_BATCH = 1024;

export const USAGE = `npm run bench -- [options]
  --case A,B        which networks (${CASES.join(', ')}); all of them if left out
  --batch 32,128    images a step
  --backend webgl   webgl or wasm
  --renderer gpu    llvmpipe (as if there were no GPU), swiftshader or gpu
  --rounds 5        how often each engine is measured, in turns
  --budget 2000     milliseconds that the timed steps of one measurement should take
  --native          measures PyTorch beside it, where /usr/bin/python3 has it
  --json FILE       writes the figures`;

/**
 * @param {string[]} args what stands behind `npm run bench --`
 * @returns {BenchOptions}
 * @throws {Problem} where an option is unknown or its value is not one of those that it takes.
 */
export function parseOptions(args) {
  const values = read(args);
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

/** @param {string[]} args */
function read(args) {
  try {
    return parseArgs({
      args,
      options: {
        case: { type: 'string', default: CASES.join(',') },
        batch: { type: 'string', default: '32,128' },
        backend: { type: 'string', default: 'webgl' },
        renderer: { type: 'string', default: 'llvmpipe' },
        rounds: { type: 'string', default: '5' },
        budget: { type: 'string', default: '2000' },
        native: { type: 'boolean', default: false },
        json: { type: 'string' },
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

/**
 * @param {string} text
 * @param {string} option
 * @param {number} max
 * @returns {number}
 */
function wholeNumber(text, option, max) {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= max) return number;
  throw new Problem(`${option} takes a whole number from 1 to ${max}, not ${JSON.stringify(text)}.`);
}
