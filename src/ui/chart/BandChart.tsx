import { percentText } from '../../core/text/number-text.ts';
import { useSize } from '../base/use-size.ts';
import './band-chart.css';

/** Props of {@link BandChart}. */
export interface BandChartProps {
  /** What it shows: for screen readers, with its first and last mean, it is one image. */
  readonly label: string;
  /** Places in rising order. */
  readonly xs: readonly number[];
  /** A share from 0 to 1 at each place, with the band around it. */
  readonly means: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** A place that is marked; null for none. */
  readonly mark: number | null;
  /** Writes a place, with its unit. */
  readonly format: (x: number) => string;
}

const HEIGHT = 150;
const LEFT = 40;
const RIGHT = 10;
const TOP = 8;
const BOTTOM = 20;

/** The width before it is known. */
const WIDTH = 320;

const SHARES = [0, 0.5, 1];

/** Shares along an axis as a line with a band. */
export function BandChart({ label, xs, means, low, high, mark, format }: BandChartProps) {
  const [box, size] = useSize<HTMLDivElement>();
  const width = size.width || WIDTH;
  const [first = 0, end = 1] = [xs[0], xs.at(-1)];
  const x = (value: number) => LEFT + ((width - LEFT - RIGHT) * (value - first)) / (end - first || 1);
  const y = (share: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - share);
  const point = (shares: readonly number[]) => (value: number, i: number) =>
    `${x(value).toFixed(1)} ${y(shares[i] ?? 0).toFixed(1)}`;
  const band = [...xs.map(point(high)), ...xs.map(point(low)).toReversed()];
  const ends = `${percentText(means[0] ?? 0)} at ${format(first)}, ${percentText(means.at(-1) ?? 0)} at ${format(end)}`;
  const middle = (first + end) / 2;
  return (
    <div className="band-chart" ref={box}>
      <svg width={width} height={HEIGHT} role="img" aria-label={`${label}: ${ends}`}>
        {SHARES.map((share) => (
          <g key={share}>
            <line className="band-grid" x1={LEFT} x2={width - RIGHT} y1={y(share)} y2={y(share)} />
            <text x={LEFT - 6} y={y(share) + 4} textAnchor="end">
              {percentText(share, 0)}
            </text>
          </g>
        ))}
        <path className="band-area" d={`M${band.join('L')}Z`} />
        {mark !== null && mark >= first && mark <= end && (
          <line className="band-mark" x1={x(mark)} x2={x(mark)} y1={TOP} y2={HEIGHT - BOTTOM} />
        )}
        <path className="band-line" d={`M${xs.map(point(means)).join('L')}`} />
        <text x={LEFT} y={HEIGHT - 5}>
          {format(first)}
        </text>
        <text x={x(middle)} y={HEIGHT - 5} textAnchor="middle">
          {format(middle)}
        </text>
        <text x={width - RIGHT} y={HEIGHT - 5} textAnchor="end">
          {format(end)}
        </text>
      </svg>
    </div>
  );
}
