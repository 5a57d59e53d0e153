import { expect, test } from 'vitest';
import { countPlaywright, countVitest, settle } from '../../../scripts/setup/suites.mjs';

/** A file in vitest's report, with the status of each of its tests. */
const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});

test('vitest reports are counted', () => {
  const testResults = [file('passed', 'passed'), file('failed', 'passed', 'failed', 'failed')];
  const report = JSON.stringify({ numPassedTests: 2, numFailedTests: 2, testResults });
  expect(countVitest(report)).toEqual({ passed: 2, failed: 2 });
});

test('each test file that cannot be loaded has failed', () => {
  const testResults = [file('passed', 'passed'), file('failed'), file('failed')];
  const report = JSON.stringify({ numPassedTests: 1, numFailedTests: 0, testResults });
  expect(countVitest(report)).toEqual({ passed: 1, failed: 2 });
});

test('a flaky Playwright test has failed', () => {
  const report = '{"stats": {"expected": 3, "unexpected": 1, "flaky": 1, "skipped": 4}}';
  expect(countPlaywright(report)).toEqual({ passed: 3, failed: 2 });
});

test('a suite that ends well counts as it says', () => {
  expect(settle(0, { passed: 4, failed: 0 })).toEqual({ passed: 4, failed: 0 });
});

test('failed tests are not counted twice', () => {
  expect(settle(1, { passed: 4, failed: 2 })).toEqual({ passed: 4, failed: 2 });
});

test.each([1, null])('a runner that ends with %j and no failed test has failed', (status) => {
  expect(settle(status, { passed: 4, failed: 0 })).toEqual({ passed: 4, failed: 1 });
});

test('a runner without a report, or without a test, has failed', () => {
  expect(settle(0, undefined)).toEqual({ passed: 0, failed: 1 });
  expect(settle(0, { passed: 0, failed: 0 })).toEqual({ passed: 0, failed: 1 });
});
