import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readPlaywright, readVitest } from '../../../scripts/setup/reports.mjs';

/** A file in vitest's report, with its tests: their status, and what went wrong in each of their tries. */
const file = (status: string, tests: [status: string, ...failures: string[]][], message = '') => ({
  name: resolve('tests/unit/one.test.ts'),
  status,
  message,
  assertionResults: tests.map(([status, ...failureMessages], index) => ({
    status,
    fullName: `group test ${index + 1}`,
    failureMessages,
  })),
});

const vitest = (...testResults: ReturnType<typeof file>[]) => {
  const statuses = testResults.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status));
  const count = (wanted: string) => statuses.filter((status) => status === wanted).length;
  return JSON.stringify({ numPassedTests: count('passed'), numFailedTests: count('failed'), testResults });
};

test('vitest reports are counted, and failed tests named with their reason', () => {
  const failed = 'AssertionError: 1 is not 2\n    at one.test.ts:3:4\n    at other.ts:1:1';
  const report = vitest(file('passed', [['passed']]), file('failed', [['passed'], ['failed', 'other', failed]]));
  expect(readVitest(report)).toEqual({
    passed: 2,
    failed: 1,
    failures: ['tests/unit/one.test.ts › group test 2: AssertionError: 1 is not 2'],
    unsteady: [],
  });
});

test('a vitest test that passed at the second try has passed, and is named', () => {
  expect(readVitest(vitest(file('passed', [['passed', 'Error: lost'], ['passed']])))).toEqual({
    passed: 2,
    failed: 0,
    failures: [],
    unsteady: ['tests/unit/one.test.ts › group test 1: Error: lost'],
  });
});

test('each test file that cannot be loaded has failed', () => {
  const report = vitest(file('passed', [['passed']]), file('failed', [], 'no such file'), file('failed', [], 'no end'));
  expect(readVitest(report)).toEqual({
    passed: 1,
    failed: 2,
    failures: [
      'tests/unit/one.test.ts › cannot be run: no such file',
      'tests/unit/one.test.ts › cannot be run: no end',
    ],
    unsteady: [],
  });
});

test('Playwright reports are counted, and tests that failed or needed a second try named', () => {
  const spec = (title: string, line: number, status: string, message?: string) => ({
    title,
    file: 'one.test.ts',
    line,
    tests: [{ status, results: message === undefined ? [{}] : [{ error: { message } }, {}] }],
  });
  const suites = [
    {
      specs: [
        spec('good', 1, 'expected'),
        spec('bad', 2, 'unexpected', '\u001b[31mError\u001b[39m: no button\n\nLocator: x'),
      ],
      suites: [{ specs: [spec('again', 3, 'flaky', 'Error: late')] }],
    },
  ];
  const stats = { expected: 1, unexpected: 1, flaky: 1, skipped: 0 };
  expect(readPlaywright(JSON.stringify({ stats, suites }))).toEqual({
    passed: 2,
    failed: 1,
    failures: ['one.test.ts:2 › bad: Error: no button | Locator: x'],
    unsteady: ['one.test.ts:3 › again: Error: late'],
  });
});
