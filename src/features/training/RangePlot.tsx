import { briefText, decimalText, rateText } from '../../core/text/number-text.ts';
import { RATE_RANGE, type RateRange } from '../../core/training/rate-range.ts';
import { fractionOf, type Scale } from '../../ui/base/scale.ts';
import { lossAxis } from '../../ui/chart/axis.ts';

/** Props of {@link RangePlot}. */
export interface RangePlotProps {
  readonly range: RateRange;
  /** What it shows, in a sentence for those who cannot see it. */
  readonly label: string;
}

const SIZE = { width: 560, height: 230 };
const ROOM = { left: 36, right: 14, top: 20, bottom: 34 };
const DECADES = [1e-5, 1e-4, 1e-3, 0.01, 0.1, 1, 10];
const RATES: Scale = { kind: 'log', min: RATE_RANGE.from, max: RATE_RANGE.to };

/** A loss this many times the first one may leave the plot: one that diverged would flatten the rest. */
const REACH = 1.3;

/** The loss against the learning rate, on a logarithmic axis: of each step, and smoothed. */
export function RangePlot({ range: { points, lowest, suggestion, divergedAt }, label }: RangePlotProps) {
  const first = points[0]?.smooth ?? 1;
  const loss = lossAxis(points.map(({ smooth }) => smooth).filter((value) => value <= REACH * first));
  const x = (rate: number) => ROOM.left + fractionOf(rate, RATES) * (SIZE.width - ROOM.left - ROOM.right);
  const y = (value: number) =>
    ROOM.top + (1 - Math.min(1.5, fractionOf(value, loss.scale))) * (SIZE.height - ROOM.top - ROOM.bottom);
  const path = (values: readonly (readonly [rate: number, value: number])[]) =>
    values
      .filter(([, value]) => Number.isFinite(value))
      .map(([rate, value], i) => `${i === 0 ? 'M' : 'L'}${x(rate).toFixed(1)} ${y(value).toFixed(1)}`)
      .join('');
  const bottom = SIZE.height - ROOM.bottom;
  return (
    <svg className="range-plot" viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} role="img" aria-label={label}>
      <clipPath id="range-plot-area">
        <rect x={ROOM.left} y={ROOM.top - 4} width={SIZE.width - ROOM.left} height={bottom - ROOM.top + 4} />
      </clipPath>
      {loss.ticks.map((tick) => (
        <g key={tick}>
          <line className="grid" x1={ROOM.left} x2={SIZE.width - ROOM.right} y1={y(tick)} y2={y(tick)} />
          <text x={ROOM.left - 6} y={y(tick) + 4} textAnchor="end">
            {decimalText(tick, 1)}
          </text>
        </g>
      ))}
      {DECADES.map((rate) => (
        <g key={rate}>
          <line className="grid" x1={x(rate)} x2={x(rate)} y1={bottom} y2={bottom + 4} />
          <text x={x(rate)} y={bottom + 16} textAnchor="middle">
            {briefText(rate)}
          </text>
        </g>
      ))}
      <text x={(ROOM.left + SIZE.width - ROOM.right) / 2} y={SIZE.height - 3} textAnchor="middle">
        learning rate, rising by the same factor each step
      </text>
      <text x={ROOM.left - 30} y={ROOM.top - 8}>
        loss
      </text>
      <g clipPath="url(#range-plot-area)">
        <path className="raw" d={path(points.map((point) => [point.rate, point.loss]))} />
        <path className="smooth" d={path(points.map((point) => [point.rate, point.smooth]))} />
      </g>
      {divergedAt !== null && <Mark className="diverged" x={x(divergedAt)} words="diverged" />}
      {suggestion !== null && (
        <Mark className="suggested" x={x(suggestion)} words={`suggested ${rateText(suggestion)}`} />
      )}
      {lowest !== null && <circle className="lowest" cx={x(lowest.rate)} cy={y(lowest.smooth)} r={4.5} />}
    </svg>
  );
}

interface MarkProps {
  readonly className: string;
  readonly x: number;
  readonly words: string;
}

function Mark({ className, x, words }: MarkProps) {
  return (
    <g className={className}>
      <line x1={x} x2={x} y1={ROOM.top - 4} y2={SIZE.height - ROOM.bottom} />
      <text x={x} y={ROOM.top - 8} textAnchor="middle">
        {words}
      </text>
    </g>
  );
}
