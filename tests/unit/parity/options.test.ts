import { expect, test } from 'vitest';
import { ENGINES, parseOptions, stepsOf } from '../../../scripts/parity/options.mjs';

const CASES = ['dense', 'lstm'];

test('without options every case is trained with every engine, without a GPU', () => {
  expect(parseOptions([], CASES)).toEqual({
    only: CASES,
    engines: Object.keys(ENGINES),
    renderer: 'llvmpipe',
    kept: false,
    table: false,
    json: undefined,
  });
});

test('every option is taken over', () => {
  const args = ['--only', 'lstm', '--engines', 'webgl,cpu', '--gpu', '--kept', '--table', '--json', 'out.json'];
  expect(parseOptions(args, CASES)).toEqual({
    only: ['lstm'],
    engines: ['webgl', 'cpu'],
    renderer: 'gpu',
    kept: true,
    table: true,
    json: 'out.json',
  });
});

test.each([
  [['--only', 'dense,gru'], '--only takes dense, lstm, not "gru"'],
  [['--engines', 'cuda'], '--engines takes wasm, wasm-tape, webgl, webgpu, cpu, not "cuda"'],
  [['--case', 'dense'], "Unknown option '--case'"],
])('%j is refused with the values that are allowed', (args, message) => {
  expect(() => parseOptions(args, CASES)).toThrow(message);
});

test('only WebGPU without a GPU trains a large network for its first span alone', () => {
  const large = { renderer: 'llvmpipe', isSmall: false, spans: [20, 100] } as const;
  expect(stepsOf({ ...large, engine: 'webgpu' })).toBe(20);
  expect(stepsOf({ ...large, engine: 'webgl' })).toBe(100);
  expect(stepsOf({ ...large, engine: 'webgpu', renderer: 'gpu' })).toBe(100);
  expect(stepsOf({ ...large, engine: 'webgpu', isSmall: true })).toBe(100);
});
