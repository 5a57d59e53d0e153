import { classNames } from '../base/class-names.ts';
import { toFraction } from '../base/scale.ts';
import './run-mark.css';

const COLOURS = 6;

/** The colour of an earlier run, as a CSS value. There are six, always shown with the run's number. */
export function runColour(run: number): string {
  return `var(--run-${((run - 1) % COLOURS) + 1})`;
}

/** Props of {@link RunNumber}. */
export interface RunNumberProps {
  readonly run: number;
  /** `live` while it trains, `plain` while it has not, `hidden` when it is not on the charts. */
  readonly state?: 'live' | 'finished' | 'hidden' | 'plain';
}

/** The number of a run on its colour. */
export function RunNumber({ run, state = 'finished' }: RunNumberProps) {
  const style = state === 'finished' || state === 'hidden' ? { '--c': runColour(run) } : {};
  const classes = classNames('run-no', state === 'live' && 'live', state === 'hidden' && 'hid');
  return (
    <span className={classes} style={style}>
      {run}
    </span>
  );
}

/** Props of {@link GapMark}: two accuracies from 0 to 1. */
export interface GapMarkProps {
  readonly training: number;
  readonly validation: number;
}

/** From 80 % on: below, the dot stays at the left end. */
const RAIL = { kind: 'linear', min: 0.8, max: 1 } as const;

/** How far validation lies from training: a dot and a ring on one rail. The figures stand beside it. */
export function GapMark({ training, validation }: GapMarkProps) {
  // The ends keep 7 % free, so that no dot is cut.
  const at = (accuracy: number) => `${7 + toFraction(accuracy, RAIL) * 86}%`;
  return (
    <svg className="fit" aria-hidden="true">
      <line className="rail" x1="7%" x2="93%" y1="8" y2="8" />
      <line className="span" x1={at(training)} x2={at(validation)} y1="8" y2="8" />
      <circle className="dv" cx={at(validation)} cy="8" r="3.2" />
      <circle className="dt" cx={at(training)} cy="8" r="3.4" />
    </svg>
  );
}
