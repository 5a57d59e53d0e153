import { parseArgs } from 'node:util';
import { Problem } from './problem.mjs';

/**
 * Reads `--name value` pairs.
 *
 * @template {NonNullable<import('node:util').ParseArgsConfig['options']>} Options
 * @param {string[]} args
 * @param {Options} options as of `parseArgs`
 * @param {string} usage shown where an option is unknown
 * @throws {Problem} where an option is unknown or misses its value.
 */
export function readOptions(args, options, usage) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new Problem(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}

/**
 * @template {string} Choice
 * @param {string} text
 * @param {readonly Choice[]} choices
 * @param {string} option
 * @returns {Choice}
 * @throws {Problem} where the text is none of them.
 */
export function oneOf(text, choices, option) {
  const found = choices.find((choice) => choice === text);
  if (found !== undefined) return found;
  throw new Problem(`${option} takes ${choices.join(', ')}, not ${JSON.stringify(text)}.`);
}

/**
 * @param {string} text
 * @param {string} option
 * @param {number} max
 * @returns {number}
 * @throws {Problem} where the text is no whole number from 1 to `max`.
 */
export function wholeNumber(text, option, max) {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= max) return number;
  throw new Problem(`${option} takes a whole number from 1 to ${max}, not ${JSON.stringify(text)}.`);
}
