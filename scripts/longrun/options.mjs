import { oneOf, readOptions, wholeNumber } from '../setup/options.mjs';
import { LONG_RUNS } from './cases.mjs';

/** @typedef {{ cases: (keyof typeof LONG_RUNS)[], rounds: number }} LongRunOptions */

const NAMES = /** @type {(keyof typeof LONG_RUNS)[]} */ (Object.keys(LONG_RUNS));

const OPTIONS = /** @type {const} */ ({
  case: { type: 'string', default: NAMES.join(',') },
  rounds: { type: 'string', default: '1' },
});

export const USAGE = `npm run longrun -- [options]
  --case steps  ${NAMES.join(', ')}; all of them if left out
  --rounds 1    how often each is measured`;

/**
 * @param {string[]} args what stands behind `npm run longrun --`
 * @returns {LongRunOptions}
 * @throws {import('../setup/problem.mjs').Problem} where an option is unknown or its value is not one of those that it takes.
 */
export function parseOptions(args) {
  const { case: cases, rounds } = readOptions(args, OPTIONS, USAGE);
  return {
    cases: cases.split(',').map((name) => oneOf(name, NAMES, '--case')),
    rounds: wholeNumber(rounds, '--rounds', 100),
  };
}
