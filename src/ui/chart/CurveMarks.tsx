import { countText, gapText } from '../../core/text/number-text.ts';
import { runColour } from '../card/RunMark.tsx';
import { type Curve, type Intervention, measuredAt } from './curve.ts';
import { type Geometry, MARGIN } from './geometry.ts';
import { type EndLabel, endLabels, FIGURE_WIDTH, spread } from './labels.ts';
import type { Departure, PreparedCurves } from './prepare.ts';

/** Props of {@link CurveMarks}. */
export interface CurveMarksProps {
  readonly at: Geometry;
  readonly curves: PreparedCurves;
  /** The mean of training over each whole epoch: the gap is measured from it where nothing was judged. */
  readonly means: Curve;
  /**
   * A sample of training images, evaluated at the end of each epoch like the validation images: without dropout and
   * augmentation.
   */
  readonly judged?: Curve | undefined;
  readonly format: (value: number) => string;
  readonly best?: number | undefined;
  /** Draws the gap as a tape measure, one tick per percentage point. */
  readonly tape?: boolean | undefined;
  /** The epoch whose weights the run has, where the gap is measured; left out for the newest one. */
  readonly weightsOf?: number | undefined;
  /** Marks where training is paused, in words. */
  readonly paused?: string | undefined;
  readonly interventions?: readonly Intervention[] | undefined;
}

/** What is written on the lines: the best epoch, the gap, the figures at the ends, the numbers of earlier runs. */
export function CurveMarks(props: CurveMarksProps) {
  const { at, curves, best, tape, paused, format, interventions = [] } = props;
  const newest = curves.validation.at(-1)?.epoch ?? 0;
  const hasBest = best !== undefined && best <= newest;
  return (
    <svg className="marks" width={at.width} height={at.height} aria-hidden="true">
      <Interventions at={at} interventions={interventions} />
      {hasBest && <Best {...props} epoch={best} />}
      {tape && newest > 0 && <Tape {...props} epoch={props.weightsOf ?? newest} />}
      {paused !== undefined && <Paused {...props} words={paused} />}
      <Ends {...props} />
      {curves.departure !== null && <Left at={at} {...curves.departure} format={format} />}
      <GhostNumbers at={at} curves={curves} />
    </svg>
  );
}

function Best({ at, curves, epoch }: CurveMarksProps & { readonly epoch: number }) {
  const x = at.x(epoch);
  const value = measuredAt(curves.validation, epoch);
  return (
    <>
      <line className="best" x1={x} x2={x} y1={MARGIN.top + 2} y2={at.height - MARGIN.bottom} />
      {value !== undefined && <circle className="best-ring" cx={x} cy={at.y(value)} r={5.4} />}
      <text className="t-best" x={x} y={MARGIN.top - 3} textAnchor={anchorAt(x, at.width)}>
        best · epoch {epoch}
      </text>
    </>
  );
}

interface InterventionsProps {
  readonly at: Geometry;
  readonly interventions: readonly Intervention[];
}

/** Changes while it trained. Labels alternate between two rows, so that neighbours can be told apart. */
function Interventions({ at, interventions }: InterventionsProps) {
  const marks = interventions.map(({ epoch, label }) => ({ x: at.x(epoch), label }));
  const bottom = at.height - MARGIN.bottom;
  return (
    <g className="intervened">
      {marks.map(({ x }) => (
        <line key={x} x1={x} x2={x} y1={MARGIN.top} y2={bottom} />
      ))}
      {marks.map(({ x, label }, index) => {
        const late = x > at.width * 0.6;
        return (
          <text
            className="halo"
            key={x}
            x={late ? x - 5 : x + 5}
            y={bottom - 6 - 13 * (index % 2)}
            textAnchor={late ? 'end' : 'start'}
          >
            {label}
          </text>
        );
      })}
    </g>
  );
}

/** Words over a line that are never cut off by the edge of the plot. */
function anchorAt(x: number, width: number): 'start' | 'middle' | 'end' {
  if (x < 60) return 'start';
  return x > width - 60 ? 'end' : 'middle';
}

/** The gap to the evaluated training sample where there is one; else to the training mean of the epoch. */
function Tape({ at, curves, means, judged = [], epoch, format }: CurveMarksProps & { readonly epoch: number }) {
  const sample = measuredAt(judged, epoch);
  const training = sample ?? measuredAt(means, epoch);
  const validation = measuredAt(curves.validation, epoch);
  if (training === undefined || validation === undefined) return null;
  const low = Math.min(training, validation);
  const points = Math.floor(Math.abs(training - validation) * 100 + 1e-6);
  const [top, bottom] = [at.y(Math.max(training, validation)), at.y(low)];
  const x = Math.min(at.x(epoch) - 4.5, at.width - MARGIN.right - 9);
  // At the end of the lines stand their own figures.
  const words = x + 9 + FIGURE_WIDTH > at.width - MARGIN.right ? x - 6 - FIGURE_WIDTH : x - 6;
  return (
    <>
      <rect className="tape-r" x={x} y={top} width={9} height={bottom - top} />
      {Array.from({ length: points + 1 }, (_, point) => at.y(low + point / 100)).map((y, point) => (
        <line key={y} className="tape-t" x1={x} x2={x + (point % 5 === 0 ? 9 : 4)} y1={y} y2={y} />
      ))}
      <text className="t-gap halo" x={words} y={(top + bottom) / 2 + 4} textAnchor="end">
        gap {gapText(training, validation)}
      </text>
      {sample !== undefined && (
        <text className="t-judged halo" x={words} y={(top + bottom) / 2 + 17} textAnchor="end">
          training sample {format(sample)}
        </text>
      )}
    </>
  );
}

function Paused({ at, curves, words }: CurveMarksProps & { readonly words: string }) {
  const x = at.x(curves.training.at(-1)?.epoch ?? 0);
  const late = x > at.width / 2;
  return (
    <>
      <line className="now" x1={x} x2={x} y1={MARGIN.top} y2={at.height - MARGIN.bottom} />
      <text className="t-best halo" x={late ? x - 6 : x + 6} y={MARGIN.top + 8} textAnchor={late ? 'end' : 'start'}>
        {words}
      </text>
    </>
  );
}

/** An arrow at the top where the run left the chart, and why. */
function Left({ at, epoch, peak, format }: Departure & Pick<CurveMarksProps, 'at' | 'format'>) {
  const [x, y] = [at.x(epoch), MARGIN.top];
  const late = x > at.width / 2;
  return (
    <g className="left">
      <path d={`M${x - 5} ${y + 9}L${x} ${y + 1}L${x + 5} ${y + 9}z`} />
      <text className="halo" x={late ? x - 9 : x + 9} y={y + 10} textAnchor={late ? 'end' : 'start'}>
        {peak === null
          ? 'not a number from here'
          : `off the chart, up to ${peak < 100 ? format(peak) : largeText(peak)}`}
      </text>
    </g>
  );
}

/** A loss of a run that diverged: `4,131`, `2e+9`. */
function largeText(value: number): string {
  return value < 1e6 ? countText(value) : value.toExponential(0);
}

/** The newest value of each of the two lines, where it ends. */
function Ends({ at, curves, format }: CurveMarksProps) {
  const training = curves.training.at(-1);
  const validation = curves.validation.at(-1);
  if (!training) return null;
  const from = { x: at.x(training.epoch), y: at.y(training.value) };
  const to = validation ? { x: at.x(validation.epoch), y: at.y(validation.value) } : from;
  const right = at.width - MARGIN.right + (curves.ghosts.length > 0 ? 0 : MARGIN.right);
  const [first, second] = endLabels([from, to], right, at.height - MARGIN.bottom);
  return (
    <>
      <Figure
        className="t-train halo"
        label={first}
        words={`${format(training.value)}${beyond(training.value, curves)}`}
      />
      {validation && (
        <Figure
          className="t-val halo"
          label={second}
          words={`${format(validation.value)}${beyond(validation.value, curves)}`}
        />
      )}
    </>
  );
}

/** An arrow for a line that has left the axis, as in the first moments of a run. */
function beyond(value: number, { y }: PreparedCurves): string {
  if (value > y.scale.max) return ' ↑';
  return value < y.scale.min ? ' ↓' : '';
}

function Figure({ className, label, words }: { className: string; label: EndLabel; words: string }) {
  return (
    <text className={className} x={label.x} y={label.y} textAnchor={label.anchor}>
      {words}
    </text>
  );
}

function GhostNumbers({ at, curves }: Pick<CurveMarksProps, 'at' | 'curves'>) {
  const ends = curves.ghosts.map((ghost) => at.y(ghost.validation.at(-1)?.value ?? 0));
  const centres = spread(ends, 15, MARGIN.top, at.height - MARGIN.bottom);
  const x = at.width - MARGIN.right + 5;
  return curves.ghosts.map(({ run, band }, index) => (
    <g key={run} transform={`translate(${x} ${centres[index]})`}>
      <rect y={-7} width={14} height={14} rx={3.5} style={{ fill: runColour(run) }} />
      <text className="t-run" x={7} y={3.8} textAnchor="middle">
        {run}
        {band && '+'}
      </text>
    </g>
  ));
}
