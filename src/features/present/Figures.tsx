import { decimalText } from '../../core/text/number-text.ts';
/** Props of {@link Figures}: accuracies as fractions; undefined before the first epoch has ended. */
export interface FiguresProps {
  readonly train: number | undefined;
  readonly validation: number | undefined;
}

/** Training, validation and the gap between them, large enough to be read from the last row of a classroom. */
export function Figures({ train, validation }: FiguresProps) {
  if (train === undefined || validation === undefined) return <div className="figs is-empty" />;
  const gap = Math.abs(tenths(train) - tenths(validation)) / 10;
  return (
    <div className="figs">
      <div className="t">
        <Figure value={decimalText(train * 100, 1)} unit="%" />
        <Line className="is-train" words="training sample" />
      </div>
      <div className="v">
        <Figure value={decimalText(validation * 100, 1)} unit="%" />
        <Line className="is-val" words="validation" />
      </div>
      <div className="gp">
        <Figure value={decimalText(gap, 1)} unit="pt" />
        <span className="p-key">
          <Ruler points={gap} />
          gap
        </span>
      </div>
    </div>
  );
}

/** So that the gap is the difference of the figures as they are written. */
function tenths(share: number): number {
  return Math.round(share * 1000);
}

function Figure({ value, unit }: { readonly value: string; readonly unit: string }) {
  return (
    <b>
      {value}
      <small>{unit}</small>
    </b>
  );
}

function Line({ className, words }: { readonly className: string; readonly words: string }) {
  return (
    <span className="p-key">
      <svg className={className} viewBox="0 0 40 16" aria-hidden="true">
        <line x1="0" y1="8" x2="40" y2="8" />
        {words === 'validation' && <circle cx="20" cy="8" r="6" />}
      </svg>
      {words}
    </span>
  );
}

/** Percentage points that the tape has room for. */
const LONGEST = 8;

/** A tape measure as long as the gap, a tick for each point. */
function Ruler({ points }: { readonly points: number }) {
  const width = Math.max(0.25, Math.min(LONGEST, points));
  return (
    <svg className="p-ruler" viewBox={`0 0 ${width * 26} 18`} style={{ width: `${width}em` }} aria-hidden="true">
      <rect width="100%" height="18" rx="2" />
      {Array.from({ length: Math.floor(width) }, (_, point) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: ticks are told apart by their place alone.
        <line key={point} x1={(point + 1) * 26} x2={(point + 1) * 26} y1="0" y2={(point + 1) % 5 === 0 ? 14 : 8} />
      ))}
    </svg>
  );
}
