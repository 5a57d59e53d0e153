import { expect, test } from 'vitest';
import { parseOptions } from '../../../scripts/latency/options.mjs';

test('without options the latency of every situation is measured on WebGL without a GPU and on WebAssembly', () => {
  expect(parseOptions([])).toEqual({
    backends: ['webgl', 'wasm'],
    renderer: 'llvmpipe',
    situations: ['line', 'stroke', 'search', 'training'],
    strokes: 20,
    files: null,
    pause: null,
  });
});

test('every option is taken over', () => {
  expect(parseOptions('--backend cpu --renderer gpu --situation stroke,search --strokes 7'.split(' '))).toEqual({
    backends: ['cpu'],
    renderer: 'gpu',
    situations: ['stroke', 'search'],
    strokes: 7,
    files: null,
    pause: null,
  });
});

test('files are chosen by a part of their names', () => {
  expect(parseOptions(['--files', 'rows']).files).toEqual(['table of 200,000 rows', 'table of 500,000 rows']);
  expect(parseOptions(['--files', 'all']).files?.length).toBeGreaterThan(5);
});

test('pauses are timed where presets are named', () => {
  expect(parseOptions(['--pause', 'ResNet-18,CNN 1024', '--batch', '32']).pause).toEqual({
    presets: ['ResNet-18', 'CNN 1024'],
    pauses: 10,
    batch: 32,
  });
});

test.each([
  [['--backend', 'webgpu'], '--backend takes webgl, wasm, cpu, not "webgpu"'],
  [['--situation', 'sleep'], '--situation takes line, stroke, search, training'],
  [['--strokes', '0'], '--strokes takes a whole number from 1 to 1000, not "0"'],
  [['--files', 'nothing'], '--files takes a part of zip of 99,999 files; '],
  [['--speed', '2'], "Unknown option '--speed'"],
])('%j is refused with the values that are allowed', (args, message) => {
  expect(() => parseOptions(args)).toThrow(message);
});
