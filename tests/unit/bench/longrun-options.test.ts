import { expect, test } from 'vitest';
import { parseOptions } from '../../../scripts/longrun/options.mjs';

test('without options every long training is measured once', () => {
  expect(parseOptions([])).toEqual({ cases: ['steps', 'epochs', 'runs'], rounds: 1 });
});

test('every option is taken over', () => {
  expect(parseOptions('--case runs,steps --rounds 3'.split(' '))).toEqual({ cases: ['runs', 'steps'], rounds: 3 });
});

test.each([
  [['--case', 'weeks'], '--case takes steps, epochs, runs, not "weeks"'],
  [['--rounds', '0'], '--rounds takes a whole number from 1 to 100, not "0"'],
  [['--speed', '2'], "Unknown option '--speed'"],
])('%j is refused with the values that are allowed', (args, message) => {
  expect(() => parseOptions(args)).toThrow(message);
});
