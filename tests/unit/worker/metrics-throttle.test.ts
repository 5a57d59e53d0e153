import { expect, test } from 'vitest';
import { MetricsThrottle } from '../../../src/worker/metrics-throttle.ts';

/** A throttle on a clock of its own, and what moves both. */
function started() {
  const clock = { ms: 1000 };
  const throttle = new MetricsThrottle(() => clock.ms);
  /** Takes steps of so many milliseconds until it is time to read; gives the rate. */
  const readAfter = (stepTime: number, jump = 0): number => {
    for (;;) {
      clock.ms += stepTime;
      if (throttle.step()) break;
    }
    clock.ms += jump;
    return throttle.read();
  };
  return { readAfter };
}

const HOUR = 3_600_000;

test('gives steps a second, and reads every tenth of a second', () => {
  const { readAfter } = started();
  for (let reading = 0; reading < 8; reading++) expect(readAfter(10)).toBeCloseTo(100);
});

test.each([3 * HOUR, -3 * HOUR])('a clock that jumps by %i ms leaves the rate as it was', (jump) => {
  const { readAfter } = started();
  readAfter(10);
  readAfter(10);
  expect(readAfter(10, jump)).toBeCloseTo(100);
  expect(readAfter(10)).toBeCloseTo(100);
});

test('steps that become very slow are believed the second time', () => {
  const { readAfter } = started();
  readAfter(10);
  readAfter(11_000);
  expect(readAfter(11_000)).toBeCloseTo(1 / 11);
  expect(readAfter(11_000)).toBeCloseTo(1 / 11);
});
