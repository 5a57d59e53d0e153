import { memo, useId, useMemo } from 'react';
import { runColour } from '../card/RunMark.tsx';
import type { PlacedPoint } from './curve.ts';
import { MARGIN } from './geometry.ts';
import { areaPath, gapPath, linePath, type Projection, projection } from './line-path.ts';
import type { PreparedCurves } from './prepare.ts';

/** Props of {@link CurveLines}; pass the same objects until something changes, because new objects draw the lines again. */
export interface CurveLinesProps {
  readonly curves: PreparedCurves;
  readonly width: number;
  readonly height: number;
  /** The id of a pattern that hatches the gap. */
  readonly hatch: string;
}

/** The lines of a chart, a path each, and the gap between them. */
export const CurveLines = memo(function CurveLines({ curves, width, height, hatch }: CurveLinesProps) {
  const clip = useId();
  const { x, y, raw, training, judged, validationLine, ghosts, gap } = curves;
  const to = useMemo(() => projection({ x, y }, width, height), [x, y, width, height]);
  return (
    <svg className="lines" width={width} height={height} aria-hidden="true">
      <clipPath id={clip}>
        <rect
          x={MARGIN.left}
          y={MARGIN.top}
          width={Math.max(0, width - MARGIN.left - MARGIN.right)}
          height={Math.max(0, height - MARGIN.top - MARGIN.bottom)}
        />
      </clipPath>
      <g clipPath={`url(#${clip})`}>
        {gap.length > 0 && <Gap path={gapPath(gap, to)} hatch={hatch} />}
        {ghosts.map(
          ({ run, area }) =>
            area && <path key={run} className="band" fill={runColour(run)} d={areaPath(area.low, area.high, to)} />,
        )}
        {ghosts.map(({ run, validation: ghost, pinned }) => (
          <path key={run} className={pinned ? 'ghost pin' : 'ghost'} stroke={runColour(run)} d={linePath(ghost, to)} />
        ))}
        <path className="raw" d={linePath(raw, to)} />
        <path className="l-judged" d={linePath(judged, to)} />
        <path className="l-train" d={linePath(training, to)} />
        <path className="l-val" d={linePath(validationLine, to)} />
      </g>
      <Dots points={validationLine} to={to} />
    </svg>
  );
});

function Gap({ path, hatch }: { readonly path: string; readonly hatch: string }) {
  return (
    <>
      <path className="gap" d={path} />
      <path fill={`url(#${hatch})`} d={path} />
    </>
  );
}

/** Pixels from one dot to the next, at the least: nearer ones would cover the line. */
const APART = 6;

/** A dot at the end of each epoch, where there is room for them. */
function Dots({ points, to }: { readonly points: readonly PlacedPoint[]; readonly to: Projection }) {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return null;
  if (to.x(last.x) - to.x(first.x) < APART * (points.length - 1)) return null;
  return points.map(({ epoch, x, value }) => {
    const y = to.y(value);
    return Number.isFinite(y) && <circle key={epoch} className="d-val" cx={to.x(x)} cy={y} r={2.4} />;
  });
}
