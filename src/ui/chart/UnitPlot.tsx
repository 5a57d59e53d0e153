import './unit-plot.css';

/** A point of a plot, both values from 0 to 1. */
export type UnitPoint = readonly [x: number, y: number];

/** A dot with a size, from 0 to 1. */
export interface UnitDot {
  readonly at: UnitPoint;
  readonly size: number;
}

/** Props of {@link UnitPlot}. */
export interface UnitPlotProps {
  /** What the plot shows, in a sentence for those who cannot see it. */
  readonly label: string;
  readonly x: string;
  readonly y: string;
  readonly line: readonly UnitPoint[];
  /** What guessing, or a perfect network, would give: a dashed line. */
  readonly reference: readonly [UnitPoint, UnitPoint];
  /** A point that stands out. */
  readonly mark?: UnitPoint | null | undefined;
  readonly dots?: readonly UnitDot[] | undefined;
}

/** The plot's own units: the square has so many a side, and this much room for its figures at the left and below. */
const SIDE = 200;
const ROOM = 34;

/** Points nearer to each other than this are one on any screen. */
const NEAR = 1 / 400;

/** A line between shares: two axes from 0 to 1. */
export function UnitPlot({ label, x, y, line, reference, mark, dots = [] }: UnitPlotProps) {
  return (
    <svg className="unit-plot" viewBox={`0 0 ${SIDE + ROOM + 8} ${SIDE + ROOM + 8}`} role="img" aria-label={label}>
      {[0, 0.5, 1].map((tick) => (
        <g key={tick}>
          <path
            className="grid"
            d={pathOf([
              [tick, 0],
              [tick, 1],
            ])}
          />
          <path
            className="grid"
            d={pathOf([
              [0, tick],
              [1, tick],
            ])}
          />
          <text x={across(tick)} y={SIDE + 19} textAnchor="middle">
            {tick}
          </text>
          <text x={ROOM - 5} y={down(tick) + 4} textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      <text x={across(0.5)} y={SIDE + 31} textAnchor="middle">
        {x}
      </text>
      <text transform={`translate(9 ${down(0.5)}) rotate(-90)`} textAnchor="middle">
        {y}
      </text>
      <path className="reference" d={pathOf(reference)} />
      <path className="line" d={pathOf(thinned(line))} />
      {dots.map(({ at: [dotX, dotY], size }) => (
        <circle key={`${dotX} ${dotY}`} className="dot" cx={across(dotX)} cy={down(dotY)} r={2 + 6 * Math.sqrt(size)} />
      ))}
      {mark && <circle className="mark" cx={across(mark[0])} cy={down(mark[1])} r={5} />}
    </svg>
  );
}

function across(x: number): number {
  return ROOM + x * SIDE;
}

function down(y: number): number {
  return 8 + (1 - y) * SIDE;
}

function pathOf(points: readonly UnitPoint[]): string {
  return points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${across(x).toFixed(1)} ${down(y).toFixed(1)}`).join('');
}

/** The points that can be told apart, with both ends. */
function thinned(points: readonly UnitPoint[]): readonly UnitPoint[] {
  const kept: UnitPoint[] = [];
  points.forEach((point, i) => {
    const before = kept.at(-1);
    const isNear = before && Math.max(Math.abs(point[0] - before[0]), Math.abs(point[1] - before[1])) < NEAR;
    if (!isNear || i === points.length - 1) kept.push(point);
  });
  return kept;
}
