import { expect, test } from 'vitest';
import { csvOf } from '../../../../src/ui/base/csv.ts';
import { chartCsv } from '../../../../src/ui/chart/chart-csv.ts';

const lines = {
  trace: [
    { epoch: 0.5, value: 2 },
    { epoch: 1, value: 1 },
  ],
  training: [{ epoch: 1, value: 1.5 }],
  validation: [{ epoch: 1, value: 1.25 }],
  ghosts: [{ run: 3, validation: [{ epoch: 2, value: 0.75 }] }],
};

test('a chart is saved with a row for each point of any line', () => {
  expect(chartCsv(lines).split('\r\n')).toEqual([
    'epoch,training,training epoch mean,validation,run 3 validation',
    '0.5,2,,,',
    '1,1,1.5,1.25,',
    '2,,,,0.75',
    '',
  ]);
});

test('runs that differ in their seed alone are saved as their mean with the least and the most', () => {
  const at = (value: number) => [{ epoch: 1, value }];
  const ghosts = [{ run: 3, validation: at(0.75), band: { runs: [3, 5], low: at(0.5), high: at(1) } }];
  const [head, , row] = chartCsv({ ...lines, ghosts }).split('\r\n');
  expect(head).toMatch(/mean of runs 3, 5 validation.*mean of runs 3, 5 validation, least.*validation, most/);
  expect(row).toBe('1,1,1.5,1.25,0.75,0.5,1');
});

test('where the axis counts something else, so does a second column', () => {
  const horizontal = { unit: 'step', samples: 'images', place: (epoch: number) => 40 * epoch, end: 80 } as const;
  expect(
    chartCsv({ ...lines, horizontal })
      .split('\r\n')
      .slice(0, 2),
  ).toEqual(['epoch,step,training,training epoch mean,validation,run 3 validation', '0.5,20,2,,,']);
});

test('text with commas, quotes and line ends survives', () => {
  expect(csvOf([['a,b', 'say "so"', 'two\nlines', 0.1, null]])).toBe('"a,b","say ""so""","two\nlines",0.1,\r\n');
});
