import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { settingsText } from '../../../scripts/bench/native.mjs';
import { turn } from '../../../scripts/bench/rounds.mjs';
import { mayBegin, wholeTable, withContent } from '../../../scripts/bench/whole-table.mjs';

const NOBODY = { wasm: [], tape: [], torch: [], oldTorch: [], webgl: [], stock: [] };
const measured = (name: string, batch: number, ms: Partial<Record<keyof typeof NOBODY, number[]>>) => ({
  case: name,
  batch,
  ms: { ...NOBODY, ...ms },
  settings: {},
  failures: [],
});

const CASES = [
  measured('A', 32, { wasm: [1, 3, 2], tape: [4], torch: [4], oldTorch: [8], webgl: [6], stock: [30] }),
  measured('A', 128, { wasm: [2], torch: [4] }),
];

test('the table has medians and what they are of each other, a network named once', () => {
  expect(wholeTable(CASES, { torch: '2.15.0', oldTorch: '1.13.1' }).split('\n')).toEqual([
    '| Network | Batch | WebAssembly | by the tape | PyTorch 2.15.0 | WebAssembly / PyTorch | PyTorch 1.13.1 | WebAssembly / PyTorch | WebGL | tfjs, WebGL | times faster |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    '| Dense 784-512-10 | 32 | 2.00 | 4.00 | 4.00 | 0.50 | 8.00 | 0.25 | 6.00 | 30.0 | 5.00 |',
    '|  | 128 | 2.00 | - | 4.00 | 0.50 | - | - | - | - | - |',
  ]);
});

test('a PyTorch that is not there has no columns', () => {
  const [heading] = wholeTable(CASES, { torch: null, oldTorch: null }).split('\n');
  expect(heading).not.toContain('PyTorch');
});

test('what stands between the marks of the README is replaced, and nothing else', () => {
  const readme = readFileSync('README.md', 'utf8');
  const changed = withContent(readme, 'A table.');
  expect(changed.match(/^A table\.$/m)).not.toBeNull();
  expect(withContent(changed, 'A table.')).toBe(changed);
  expect(changed.split('<!--')[0]).toBe(readme.split('<!--')[0]);
  expect(changed.split('-->').at(-1)).toBe(readme.split('-->').at(-1));
  expect(() => withContent('No marks', 'A table.')).toThrow('no marks');
});

test('the first round begins whatever it takes, a later one only where there is time for it', () => {
  const progress = { done: 1, rounds: 3, elapsedMs: 4 * 60_000, longestMs: 4 * 60_000, minutes: 8 };
  expect(mayBegin(progress)).toBe(true);
  expect(mayBegin({ ...progress, minutes: 7 })).toBe(false);
  expect(mayBegin({ ...progress, done: 0, minutes: 1 })).toBe(true);
  expect(mayBegin({ ...progress, done: 3 })).toBe(false);
});

test('who goes first changes from round to round', () => {
  expect(turn(['a', 'b', 'c'], 0)).toEqual(['a', 'b', 'c']);
  expect(turn(['a', 'b', 'c'], 1)).toEqual(['c', 'b', 'a']);
});

test('settings of PyTorch are told in words', () => {
  expect(settingsText({ channelsLast: true, fused: true, compiled: false })).toBe('channels last, fused Adam');
  expect(settingsText({ channelsLast: false, fused: false, compiled: false })).toBe('as it comes');
});
