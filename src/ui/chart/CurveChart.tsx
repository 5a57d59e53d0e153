import { type ReactNode, useDeferredValue, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { decimalText, lossText, percentText } from '../../core/text/number-text.ts';
import { useSame } from '../base/use-same.ts';
import { useSize } from '../base/use-size.ts';
import { Button } from '../form/Button.tsx';
import { ChartExport, type ExactLines } from './ChartExport.tsx';
import { CurveTable } from './CurveTable.tsx';
import { type Intervention, visibleGhosts } from './curve.ts';
import { geometry } from './geometry.ts';
import { type CurveData, prepareCurves } from './prepare.ts';
import { type EpochFigures, epochFigures } from './readout.ts';
import './chart.css';
import { part } from '../card/part.tsx';

const CurveAxes = part(async () => (await import('./CurveAxes.tsx')).CurveAxes, { meanwhile: () => <PlotSkeleton /> });
const CurveLines = part(async () => (await import('./CurveLines.tsx')).CurveLines, { missing: 'nothing' });
const CurveReader = part(async () => (await import('./CurveReader.tsx')).CurveReader, { missing: 'nothing' });
const CurveMarks = part(async () => (await import('./CurveMarks.tsx')).CurveMarks, { missing: 'nothing' });

/**
 * Props of {@link CurveChart}. Pass the same objects until a curve changes: the chart prepares curves again whenever
 * they are new objects.
 */
export interface CurveChartProps extends CurveData {
  /** Marks where training is paused: `paused, step 812`. */
  readonly paused?: string | undefined;
  /** The epoch whose weights the run has, where that is not the newest one. */
  readonly weightsOf?: number | undefined;
  /** What was changed while the run trained. */
  readonly interventions?: readonly Intervention[] | undefined;
  /** Its name as it is shown; the plain one if left out. */
  readonly title?: ReactNode;
  /** What its files are called: `run 5 loss`. Without it nothing can be saved. */
  readonly saveAs?: string | undefined;
  /** The lines of training worked out of every step, for its numbers; null where they cannot be had. Left out where they are drawn. */
  readonly exact?: () => Promise<ExactLines | null>;
}

interface Kind {
  readonly name: string;
  readonly note: string;
  readonly figure: (value: number) => string;
  readonly tick: (value: number) => string;
}

const KINDS: Record<CurveData['kind'], Kind> = {
  accuracy: {
    name: 'Accuracy',
    note: 'higher is better',
    figure: percentText,
    tick: (value) => `${Math.round(value * 1000) / 10}`,
  },
  loss: { name: 'Loss', note: 'lower is better', figure: lossText, tick: (value) => lossTick(value) },
};

/** One decimal is enough for a tick; small values of a log axis keep all of theirs. */
function lossTick(value: number): string {
  return value < 0.1 && value > 0 ? String(value) : decimalText(value, 1);
}

/** At most this many points a line, and at least enough for a narrow plot. */
const MOST_POINTS = 1000;
const FEWEST_POINTS = 100;

/** A figure named `Accuracy` or `Loss`: the curves of a run, live, beside those of earlier runs; or the same as a table. */
export function CurveChart(props: CurveChartProps) {
  const [asTable, setAsTable] = useState(false);
  const heading = useId();
  const whole = useRef<HTMLElement>(null);
  const newest = useRef(props);
  useLayoutEffect(() => {
    newest.current = props;
  });
  const { name, note, figure } = KINDS[props.kind];
  const { training, judged, validation } = props;
  const ghosts = useMemo(() => visibleGhosts(props.ghosts), [props.ghosts]);
  const figures = useMemo(
    () => epochFigures({ training, judged, validation }, ghosts),
    [training, judged, validation, ghosts],
  );
  return (
    <figure className="chart" ref={whole} aria-labelledby={heading}>
      <figcaption className="chart-head">
        <h3 id={heading}>{props.title ?? name}</h3>
        <span>{note}</span>
        <i className="grow" />
        <Button
          variant="quiet"
          size="sm"
          icon="table"
          label="Show as table"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        />
        {props.saveAs !== undefined && (
          <ChartExport name={props.saveAs} chart={newest} figure={whole} drawn={!asTable} />
        )}
      </figcaption>
      {asTable ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <section className="plot-table scroll" tabIndex={0} aria-label={`${name}, table`}>
          <CurveTable name={name} figures={figures} ghosts={ghosts} format={figure} />
        </section>
      ) : (
        <Plot {...props} ghosts={ghosts} figures={figures} />
      )}
    </figure>
  );
}

interface PlotProps extends CurveChartProps {
  readonly figures: readonly EpochFigures[];
}

function Plot({ figures, paused, weightsOf, interventions, saveAs: _, exact: _exact, ...props }: PlotProps) {
  const [box, { width, height }] = useSize<HTMLDivElement>();
  const data = useSame<CurveData>(props);
  const limit = Math.min(MOST_POINTS, Math.max(FEWEST_POINTS, width));
  const curves = useDeferredValue(useMemo(() => prepareCurves(data, limit), [data, limit]));
  const { name, figure, tick } = KINDS[props.kind];
  const hatch = useId();
  const at = useMemo(() => geometry(width, height, curves), [width, height, curves]);
  const { x, y, unit, samples, raw, validation, ghosts, departure } = curves;
  const axes = { x, y, unit, samples };
  const empty = raw.length + validation.length + ghosts.length === 0 && departure === null;
  const drawn = !empty && width > 0 && height > 0;
  return (
    <div className="plot" ref={box}>
      {empty && <PlotSkeleton />}
      {drawn && (
        <>
          <Hatch id={hatch} />
          <CurveAxes {...axes} width={width} height={height} format={tick} />
          <CurveLines curves={curves} width={width} height={height} hatch={hatch} />
          <CurveMarks
            at={at}
            curves={curves}
            means={props.training}
            judged={props.judged}
            format={figure}
            best={props.best}
            tape={props.gap && props.kind === 'accuracy'}
            weightsOf={weightsOf}
            paused={paused}
            interventions={interventions}
          />
          <CurveReader
            name={name}
            at={at}
            figures={figures}
            line={curves.training}
            ghosts={props.ghosts}
            format={figure}
          />
        </>
      )}
    </div>
  );
}

function Hatch({ id }: { readonly id: string }) {
  return (
    <svg className="hatch-defs" aria-hidden="true">
      <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path className="hatch" d="M0 0v6" />
      </pattern>
    </svg>
  );
}

function PlotSkeleton() {
  return <div className="plot-skeleton sk" aria-hidden="true" />;
}
