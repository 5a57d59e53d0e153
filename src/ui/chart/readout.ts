import type { Curve, Ghost } from './curve.ts';
import { measuredAt, valueAt } from './curve.ts';
import type { CurveData } from './prepare.ts';

/** One line of figures: what was measured at the end of one epoch. */
export interface EpochFigures {
  readonly epoch: number;
  readonly training: number | undefined;
  /** Of the judged sample of training samples. */
  readonly judged: number | undefined;
  readonly validation: number | undefined;
  /** In the order of the ghosts. */
  readonly ghosts: readonly (number | undefined)[];
}

/** The whole epochs of a run or, before its first ends, of its ghosts, each with everything measured at its end. */
export function epochFigures(
  { training, judged = [], validation }: Pick<CurveData, 'training' | 'judged' | 'validation'>,
  ghosts: readonly Ghost[],
): readonly EpochFigures[] {
  const own = [...training, ...validation];
  const points = own.length > 0 ? own : ghosts.flatMap((ghost) => ghost.validation);
  const epochs = [...new Set(points.map((point) => point.epoch))].sort((a, b) => a - b);
  return epochs.map((epoch) => ({
    epoch,
    training: measuredAt(training, epoch),
    judged: measuredAt(judged, epoch),
    validation: measuredAt(validation, epoch),
    ghosts: ghosts.map((ghost) => measuredAt(ghost.validation, epoch)),
  }));
}

/** The same figures with the value of the training line as it is drawn. */
export function figuresOnLine(figures: EpochFigures, line: Curve): EpochFigures {
  return { ...figures, training: figures.training === undefined ? undefined : valueAt(line, figures.epoch) };
}

/** The line of figures nearest to a place `x`, where epochs lie as `xOf` says; undefined while there is none. */
export function nearestFigures(
  figures: readonly EpochFigures[],
  x: number,
  xOf: (epoch: number) => number,
): EpochFigures | undefined {
  const distance = (line: EpochFigures) => Math.abs(xOf(line.epoch) - x);
  return figures.reduce<EpochFigures | undefined>(
    (nearest, line) => (!nearest || distance(line) < distance(nearest) ? line : nearest),
    undefined,
  );
}

/** What an earlier run is called; several that differ in their seed alone: `mean of runs 1, 3, 5`. */
export function ghostName({ run, band }: Ghost): string {
  return band ? `mean of runs ${band.runs.join(', ')}` : `run ${run}`;
}

/** The value of an earlier run at an epoch; of several, with the least and the most: `88.1 % (87.6 % to 88.9 %)`. */
export function ghostText({ band }: Ghost, value: number, epoch: number, format: (value: number) => string): string {
  const [low, high] = band ? [measuredAt(band.low, epoch), measuredAt(band.high, epoch)] : [];
  if (low === undefined || high === undefined) return format(value);
  return `${format(value)} (${format(low)} to ${format(high)})`;
}
