// What the runners' reports say: how many tests passed and failed, and which ones are worth a line at the end of all output.
import { relative } from 'node:path';

/**
 * What a suite amounts to.
 *
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} failures a line for each test that failed: where it is, its name, the first lines of its error
 * @property {string[]} unsteady the same for each test that failed once and passed when it was run again
 */

/** @typedef {{ status: string, fullName: string, failureMessages: string[] }} VitestTest */
/** @typedef {{ name: string, status: string, message: string, assertionResults: VitestTest[] }} VitestFile */
/** @typedef {{ status: string, results: { error?: { message: string } }[] }} PlaywrightTest */
/** @typedef {{ title: string, file: string, line: number, tests: PlaywrightTest[] }} PlaywrightSpec */
/** @typedef {{ specs?: PlaywrightSpec[], suites?: PlaywrightSuite[] }} PlaywrightSuite */

/**
 * A file that fails as a whole, say because it cannot be loaded, counts as one failed test.
 *
 * @param {string} report vitest's JSON
 * @returns {Outcome}
 */
export function readVitest(report) {
  /** @type {{ numPassedTests: number, numFailedTests: number, testResults: VitestFile[] }} */
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(report);
  const tests = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ status, fullName, failureMessages }) => ({
      status,
      line: failureMessages.length === 0 ? null : lineOf(relative('.', name), fullName, failureMessages.at(-1)),
    })),
  );
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  /** @param {string} wanted */
  const linesOf = (wanted) => tests.flatMap(({ status, line }) => (status === wanted && line !== null ? [line] : []));
  return {
    passed: numPassedTests,
    failed: numFailedTests + broken.length,
    failures: [
      ...linesOf('failed'),
      ...broken.map(({ name, message }) => lineOf(relative('.', name), 'cannot be run', message)),
    ],
    unsteady: linesOf('passed'),
  };
}

/**
 * @param {string} report Playwright's JSON
 * @returns {Outcome}
 */
export function readPlaywright(report) {
  const { stats, suites } = JSON.parse(report);
  const specs = specsOf({ suites });
  /** @param {string} wanted */
  const linesOf = (wanted) =>
    specs.flatMap(({ title, file, line, tests }) =>
      tests
        .filter(({ status }) => status === wanted)
        .map(({ results }) => lineOf(`${file}:${line}`, title, results.find(({ error }) => error)?.error?.message)),
    );
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    failures: linesOf('unexpected'),
    unsteady: linesOf('flaky'),
  };
}

/**
 * @param {string} report of `npm run verify-exports`
 * @returns {Outcome}
 */
export function readExports(report) {
  return { unsteady: [], ...JSON.parse(report) };
}

/**
 * @param {PlaywrightSuite} suite
 * @returns {PlaywrightSpec[]}
 */
function specsOf({ specs = [], suites = [] }) {
  return [...specs, ...suites.flatMap(specsOf)];
}

/**
 * @param {string} place
 * @param {string} name
 * @param {string} [message] with colours for a terminal and the calls that led to it, perhaps; its first lines say what was wrong
 */
function lineOf(place, name, message = 'no reason was given') {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: That is how colours begin.
  const lines = message.replace(/\u001b\[[\d;]*m/g, '').split('\n');
  const words = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('at '));
  return `${place} › ${name}: ${words.slice(0, 5).join(' | ')}`;
}
