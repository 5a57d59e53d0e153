import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensurePython } from '../exports/python.mjs';
import { Problem } from './problem.mjs';
import { readExports, readPlaywright, readVitest } from './reports.mjs';

/** @typedef {import('./reports.mjs').Outcome} Outcome */
/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {string[]} command
 * @property {string} report
 * @property {(report: string) => Outcome} read
 * @property {(root: string) => Promise<string | null>} [prepare] of a suite that does not run everywhere, and only where it is
 *   named: makes what it needs, and says why that is not to be had
 */

/**
 * How often a test that failed in a browser is run again: processes outside of the tests (the compositor, the GPU of the machine,
 * other work on its cores) make one of thousands fail now and then. Which ones needed it is said after all suites.
 */
const RETRIES = 1;

/** @type {Suite[]} in the order in which they run: quick ones first. */
export const SUITES = [
  vitestSuite('unit', ['unit', 'ui']),
  vitestSuite('engine', ['engine', 'engine-alone', 'engine-webgpu'], [`--retry=${RETRIES}`]),
  playwrightSuite('e2e'),
  playwrightSuite('faults'),
  {
    name: 'exports',
    // Of the files of networks, those that open in seconds: every kind of layer is among them.
    command: ['../scripts/verify-exports.mjs', '--parameters', '50000', '--report', 'test-results/exports.json'],
    report: 'test-results/exports.json',
    read: readExports,
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
  const command = ['@playwright/test/cli.js', 'test', '--project', name, `--retries=${RETRIES}`];
  return { name, command, report: `test-results/${name}.json`, read: readPlaywright };
}

/**
 * @param {string} name
 * @param {string[]} projects
 * @param {string[]} [options] more of them
 * @returns {Suite}
 */
function vitestSuite(name, projects, options = []) {
  const report = `test-results/${name}.json`;
  const only = projects.flatMap((project) => ['--project', project]);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return { name, command: ['vitest/vitest.mjs', 'run', ...only, ...options, ...reporters], report, read: readVitest };
}

/**
 * What a suite amounts to. A runner that ends badly without naming a failed test has failed nevertheless, as has one
 * that reports no test at all.
 *
 * @param {string} name of the suite
 * @param {number | null} status the exit code, null after a crash
 * @param {Outcome} [outcome] what the report says; left out where there is none
 * @returns {Outcome}
 */
export function settle(name, status, outcome = { passed: 0, failed: 0, failures: [], unsteady: [] }) {
  const noTest = outcome.passed + outcome.failed === 0;
  if (!noTest && (status === 0 || outcome.failed > 0)) return outcome;
  const reason = noTest ? 'ran no test' : `ended with ${status === null ? 'a crash' : `code ${status}`}`;
  return { ...outcome, failed: 1, failures: [`The suite ${name} ${reason}.`] };
}

/**
 * Runs a suite; its output goes to the terminal.
 *
 * @param {string} root the project's folder
 * @param {Suite} suite
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Outcome>}
 */
export async function runSuite(root, { name, command: [program = '', ...args], report, read }, env) {
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
  return settle(name, status, existsSync(path) ? read(readFileSync(path, 'utf8')) : undefined);
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
