import { type CsvValue, csvOf } from '../base/csv.ts';
import { type Curve, measuredAt } from './curve.ts';
import type { CurveData } from './prepare.ts';
import { ghostName } from './readout.ts';

/** What a chart is exported from: the curves as measured, not as thinned for the screen. */
export type ChartLines = Pick<CurveData, 'trace' | 'training' | 'judged' | 'validation' | 'ghosts' | 'horizontal'>;

/**
 * The lines of a chart, a row for each point: the place on its x axis where that does not count epochs, then the running
 * training value, its mean over the epoch, validation, the judged sample of training samples, and the validation of each earlier
 * run shown; of several that differ in their seed alone the mean, the least and the most.
 */
export function chartCsv({ trace, training, judged = [], validation, ghosts, horizontal }: ChartLines): string {
  const samples = judged.length > 0 ? [judged] : [];
  const curves: readonly Curve[] = [
    trace,
    training,
    validation,
    ...samples,
    ...ghosts.flatMap(({ validation: line, band }) => (band ? [line, band.low, band.high] : [line])),
  ];
  const epochs = [...new Set(curves.flatMap((curve) => curve.map(({ epoch }) => epoch)))].sort((a, b) => a - b);
  const unit = horizontal && horizontal.unit !== 'epoch' ? horizontal : undefined;
  const head = [
    'epoch',
    ...(unit ? [unit.unit === 'images' ? unit.samples : unit.unit] : []),
    'training',
    'training epoch mean',
    'validation',
    ...samples.map(() => 'training sample'),
    ...ghosts.flatMap((ghost) => {
      const name = `${ghostName(ghost)} validation`;
      return ghost.band ? [name, `${name}, least`, `${name}, most`] : [name];
    }),
  ];
  const rows = epochs.map((epoch): CsvValue[] => [
    epoch,
    ...(unit ? [unit.place(epoch)] : []),
    ...curves.map((curve) => measuredAt(curve, epoch)),
  ]);
  return csvOf([head, ...rows]);
}
