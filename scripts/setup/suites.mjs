import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensurePython } from '../exports/python.mjs';
import { Problem } from './problem.mjs';

/** @typedef {{ passed: number, failed: number }} Count */
/** @typedef {{ status: string, assertionResults: { status: string }[] }} TestFile */
/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {string[]} command
 * @property {string} report
 * @property {(report: string) => Count} count
 * @property {(root: string) => Promise<string | null>} [prepare] of a suite that does not run everywhere, and only where it is
 *   named: makes what it needs, and says why that is not to be had
 */

/** @type {Suite[]} in the order in which they run: quick ones first. */
export const SUITES = [
  vitestSuite('unit', ['unit', 'ui']),
  vitestSuite('engine', ['engine']),
  playwrightSuite('e2e'),
  playwrightSuite('faults'),
  {
    name: 'exports',
    // Of the files of networks, those that open in seconds: every kind of layer is among them.
    command: ['../scripts/verify-exports.mjs', '--parameters', '50000', '--report', 'test-results/exports.json'],
    report: 'test-results/exports.json',
    count: JSON.parse,
    prepare: preparePython,
  },
];

/**
 * A Python with PyTorch and Keras.
 *
 * @param {string} root
 * @returns {Promise<string | null>} why it is not to be had
 */
async function preparePython(root) {
  try {
    await ensurePython(root);
    return null;
  } catch (error) {
    if (error instanceof Problem) return error.message;
    throw error;
  }
}

/**
 * @param {string} name also of its project in playwright.config.ts, which writes the report
 * @returns {Suite}
 */
function playwrightSuite(name) {
  const command = ['@playwright/test/cli.js', 'test', '--project', name];
  return { name, command, report: `test-results/${name}.json`, count: countPlaywright };
}

/**
 * @param {string} name
 * @param {string[]} projects
 * @returns {Suite}
 */
function vitestSuite(name, projects) {
  const report = `test-results/${name}.json`;
  const only = projects.flatMap((project) => ['--project', project]);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return { name, command: ['vitest/vitest.mjs', 'run', ...only, ...reporters], report, count: countVitest };
}

/**
 * A file that fails as a whole, say because it cannot be loaded, counts as one failed test.
 *
 * @param {string} report vitest's JSON
 * @returns {Count}
 */
export function countVitest(report) {
  /** @type {{ numPassedTests: number, numFailedTests: number, testResults: TestFile[] }} */
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(report);
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  return { passed: numPassedTests, failed: numFailedTests + broken.length };
}

/**
 * @param {string} report Playwright's JSON
 * @returns {Count}
 */
export function countPlaywright(report) {
  const { expected, unexpected, flaky } = JSON.parse(report).stats;
  return { passed: expected, failed: unexpected + flaky };
}

/**
 * What a suite amounts to. A runner that ends badly without naming a failed test has failed nevertheless, as has one
 * that reports no test at all.
 *
 * @param {number | null} status the exit code, null after a crash
 * @param {Count | undefined} count what the report says, undefined where there is none
 * @returns {Count}
 */
export function settle(status, count) {
  if (!count || count.passed + count.failed === 0) return { passed: 0, failed: 1 };
  return status !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

/**
 * Runs a suite; its output goes to the terminal.
 *
 * @param {string} root the project's folder
 * @param {Suite} suite
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Count>}
 */
export async function runSuite(root, { name, command: [program = '', ...args], report, count }, env) {
  const path = join(root, report);
  rmSync(path, { force: true });
  mkdirSync(dirname(path), { recursive: true });
  const status = await runToEnd(
    spawn(process.execPath, [join(root, 'node_modules', program), ...args], {
      cwd: root,
      env: { ...env, SUITE: name },
      stdio: 'inherit',
    }),
  );
  return settle(status, existsSync(path) ? count(readFileSync(path, 'utf8')) : undefined);
}

/**
 * Waits for a runner. When this process is told to end, the runner is interrupted first: only then does it close its
 * browser and its server.
 *
 * @param {import('node:child_process').ChildProcess} runner
 * @returns {Promise<number | null>} the exit code, null where a signal ended it
 */
function runToEnd(runner) {
  const interrupt = () => {
    runner.once('close', () => process.exit(143));
    runner.kill('SIGINT');
  };
  process.once('SIGTERM', interrupt);
  return new Promise((resolve) => {
    runner.once('close', (status) => {
      process.off('SIGTERM', interrupt);
      resolve(status);
    });
  });
}
