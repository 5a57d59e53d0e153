import { classNames } from '../base/class-names.ts';
import './progress-tape.css';

const MAX_TICKS = 60;

/** Props of {@link ProgressTape}. */
export interface ProgressTapeProps {
  /** The length of the tape in epochs. */
  readonly epochs: number;
  /** How many are done, including the fraction of the current one: 12.4. */
  readonly done: number;
  readonly paused?: boolean;
}

/** How far the training is: a tape with one tick per epoch, a long one every fifth, and stripes while it is paused. */
export function ProgressTape({ epochs, done, paused }: ProgressTapeProps) {
  const width = Math.min(100, (done / epochs) * 100);
  return (
    <div
      className={classNames('tape', paused && 'is-paused')}
      style={{ '--n': epochs / epochsPerTick(epochs) }}
      role="progressbar"
      aria-label="Training progress"
      aria-valuemin={0}
      aria-valuemax={epochs}
      aria-valuenow={Math.round(done * 100) / 100}
    >
      {width > 0 && <i style={{ width: `${width}%` }} />}
    </div>
  );
}

/** One, or as many as keep the ticks apart on a long tape. */
function epochsPerTick(epochs: number): number {
  return [1, 5, 10, 50, 100].find((unit) => epochs / unit <= MAX_TICKS) ?? epochs;
}
