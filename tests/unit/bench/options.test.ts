import { expect, test } from 'vitest';
import { parseOptions } from '../../../scripts/bench/options.mjs';

test('without options the bench measures every case at both batch sizes on WebGL without a GPU', () => {
  expect(parseOptions([])).toEqual({
    cases: ['A', 'B', 'C', 'R'],
    batches: [32, 128],
    backend: 'webgl',
    renderer: 'llvmpipe',
    rounds: 5,
    budgetMs: 2000,
    json: undefined,
    native: false,
    tape: false,
    table: false,
    compile: false,
    minutes: 12,
  });
});

test('lists are separated by commas', () => {
  const { cases, batches } = parseOptions(['--case', 'A,C', '--batch', '16,64,256']);
  expect(cases).toEqual(['A', 'C']);
  expect(batches).toEqual([16, 64, 256]);
});

test('every option is taken over', () => {
  const args =
    '--case B --batch 8 --backend wasm --renderer gpu --rounds 7 --budget 100 --json out.json --native --tape --compile --table --minutes 5';
  expect(parseOptions(args.split(' '))).toEqual({
    cases: ['B'],
    batches: [8],
    backend: 'wasm',
    renderer: 'gpu',
    rounds: 7,
    budgetMs: 100,
    json: 'out.json',
    native: true,
    tape: true,
    table: true,
    compile: true,
    minutes: 5,
  });
});

test.each([
  [['--case', 'Z'], '--case takes A, B, C'],
  [['--backend', 'cuda'], '--backend takes webgl, webgpu, wasm, not "cuda"'],
  [['--renderer', 'mesa'], '--renderer takes llvmpipe, swiftshader, gpu'],
  [['--batch', '0'], '--batch takes a whole number from 1 to 1024, not "0"'],
  [['--batch', '1.5'], '--batch takes a whole number'],
  [['--batch', ''], '--batch takes a whole number'],
  [['--rounds', 'many'], '--rounds takes a whole number'],
  [['--speed', '2'], "Unknown option '--speed'"],
])('%j is refused with the values that are allowed', (args, message) => {
  expect(() => parseOptions(args)).toThrow(message);
});
