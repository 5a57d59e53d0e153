import { expect, test } from 'vitest';
import { settle } from '../../../scripts/setup/suites.mjs';

const none = { failures: [], unsteady: [] };

test('a suite that ends well counts as it says', () => {
  expect(settle('unit', 0, { passed: 4, failed: 0, ...none })).toEqual({ passed: 4, failed: 0, ...none });
});

test('failed tests are not counted twice', () => {
  const outcome = { passed: 4, failed: 2, failures: ['a', 'b'], unsteady: [] };
  expect(settle('unit', 1, outcome)).toEqual(outcome);
});

test.each([
  [1, 'code 1'],
  [null, 'a crash'],
])('a runner that ends with %j and no failed test has failed', (status, how) => {
  const failures = [`The suite unit ended with ${how}.`];
  expect(settle('unit', status, { passed: 4, failed: 0, ...none })).toEqual({
    passed: 4,
    failed: 1,
    failures,
    unsteady: [],
  });
});

test('a runner without a report, or without a test, has failed', () => {
  const failed = { passed: 0, failed: 1, failures: ['The suite unit ran no test.'], unsteady: [] };
  expect(settle('unit', 0)).toEqual(failed);
  expect(settle('unit', 0, { passed: 0, failed: 0, ...none })).toEqual(failed);
});
