import { type CsvValue, csvOf } from '../base/csv.ts';
import { type Curve, measuredAt } from './curve.ts';
import type { CurveData } from './prepare.ts';

/** What a chart is exported from: the curves as measured, not as thinned for the screen. */
export type ChartLines = Pick<CurveData, 'trace' | 'training' | 'validation' | 'ghosts' | 'horizontal'>;

/**
 * The lines of a chart, a row for each point: the place on its x axis where that does not count epochs, then the running
 * training value, its mean over the epoch, validation, and the validation of each earlier run shown.
 */
export function chartCsv({ trace, training, validation, ghosts, horizontal }: ChartLines): string {
  const curves: readonly Curve[] = [trace, training, validation, ...ghosts.map((ghost) => ghost.validation)];
  const epochs = [...new Set(curves.flatMap((curve) => curve.map(({ epoch }) => epoch)))].sort((a, b) => a - b);
  const unit = horizontal && horizontal.unit !== 'epoch' ? horizontal : undefined;
  const head = [
    'epoch',
    ...(unit ? [unit.unit === 'images' ? unit.samples : unit.unit] : []),
    'training',
    'training epoch mean',
    'validation',
    ...ghosts.map(({ run }) => `run ${run} validation`),
  ];
  const rows = epochs.map((epoch): CsvValue[] => [
    epoch,
    ...(unit ? [unit.place(epoch)] : []),
    ...curves.map((curve) => measuredAt(curve, epoch)),
  ]);
  return csvOf([head, ...rows]);
}
