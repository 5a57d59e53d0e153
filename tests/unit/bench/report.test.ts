import { expect, test } from 'vitest';
import { sideReport } from '../../../scripts/bench/rounds.mjs';
import { rendererFlags } from '../../../scripts/bench/site.mjs';
import { figure, HEADING, renderTable, rowsOf } from '../../../scripts/bench/table.mjs';

const measurement = {
  steps: 10,
  msPerStep: 20,
  firstStepMs: 900,
  drawsPerStep: 30,
  uploadsPerStep: 0,
  readbacksPerStep: 0,
  gpuBytes: 5e6,
  device: 'llvmpipe',
};

const side = sideReport([measurement], 128, 1e6, 64);

test('a side tells images a second, GFLOP/s and the share of the best product', () => {
  expect(side?.imagesPerSecond).toBeCloseTo(6400, 9);
  expect(side?.gflops).toBeCloseTo(6.4, 9);
  expect(side?.shareOfProduct).toBeCloseTo(0.1, 9);
});

test('a side that was never measured has no report', () => {
  expect(sideReport([], 128, 1e6, 64)).toBeNull();
});

test('a table keeps its columns apart, names flush left and numbers flush right', () => {
  const rows = [
    ['case', 'ms'],
    ['A', '1.50'],
    ['Longer', '120'],
  ];
  expect(renderTable(rows).split('\n')).toEqual(['case      ms', '------  ----', 'A       1.50', 'Longer   120']);
});

test('figures show about three digits', () => {
  expect([0, 1.234, 56.78, 1234.5, null, Number.NaN].map(figure)).toEqual(['0.00', '1.23', '56.8', '1,235', '-', '-']);
});

test('a case has a row for each engine, the speed-up beside ours', () => {
  const report = {
    case: 'A',
    batch: 128,
    backend: 'webgl',
    renderer: 'llvmpipe',
    device: 'llvmpipe',
    parameters: 407_050,
    stock: side,
    ours: null,
    tape: side,
    native: { msPerStep: 4, spread: 0.25 },
    speedup: 2.5,
    timeOverNative: 5,
    failures: [],
  };
  const [stock = [], ours = [], tape = [], native = []] = rowsOf(report);
  expect(stock.slice(0, 5)).toEqual(['A', '128', 'stock', '20.0', '0']);
  expect(ours.slice(0, 4)).toEqual(['A', '128', 'ours', '-']);
  expect(ours).toHaveLength(HEADING.length);
  expect(ours.at(-1)).toBe('2.50x');
  expect(tape.slice(0, 4)).toEqual(['A', '128', 'tape', '20.0']);
  expect(rowsOf({ ...report, tape: null })).toHaveLength(3);
  expect(native).toEqual(['A', '128', 'native', '4.00', '25', '32,000']);
});

test('each renderer has its flags, and only one way to draw', () => {
  for (const renderer of ['llvmpipe', 'swiftshader', 'gpu'] as const) {
    const angles = rendererFlags(renderer, 'linux').filter((flag) => flag.startsWith('--use-angle='));
    expect(angles).toHaveLength(1);
  }
  expect(rendererFlags('swiftshader', 'linux')).toContain('--use-angle=swiftshader');
  expect(rendererFlags('gpu', 'linux')).toContain('--use-angle=vulkan');
  expect(rendererFlags('gpu', 'darwin').some((flag) => flag.startsWith('--use-angle'))).toBe(false);
});
