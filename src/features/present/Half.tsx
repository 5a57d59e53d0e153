import { useMemo } from 'react';
import { listOf } from '../../core/text/nouns.ts';
import type { Verdict, VerdictTone } from '../../core/training/coach/verdict.ts';
import type { Run } from '../../state/run.ts';
import { classNames } from '../../ui/base/class-names.ts';
import { Icon, type IconName } from '../../ui/base/Icon.tsx';
import { RunNumber } from '../../ui/card/RunMark.tsx';
import { CurveChart } from '../../ui/chart/CurveChart.tsx';
import type { Ghost } from '../../ui/chart/curve.ts';
import { HeatMap } from '../../ui/matrix/HeatMap.tsx';
import { heatLayout } from '../../ui/matrix/heat-layout.ts';
import { Figures } from './Figures.tsx';
import { bandsOf, linesOf, runUntil, type Shown, verdictOn } from './shown.ts';

/** What both halves show. */
export interface Show {
  readonly figure: 'loss' | 'accuracy';
  readonly matrix: boolean;
  readonly verdict: boolean;
  /** The last epoch that is shown; null for all of them. */
  readonly until: number | null;
}

/** Props of {@link Half}. */
export interface HalfProps {
  readonly shown: Shown;
  /** What the other half shows, once there is one. */
  readonly beside: Shown | undefined;
  readonly show: Show;
  /** Epochs of the longer of both runs, which the charts of both have room for. */
  readonly length: number;
}

/** One run, large: its figures, its curves or its confusion matrix, and what they mean. */
export function Half({ shown, beside, show, length }: HalfProps) {
  const { name, run } = shown;
  const cut = useCut(run, show.until);
  return (
    <section className="one" aria-label={name}>
      <header>
        {run && <RunNumber run={run.number} />}
        <h2>{name}</h2>
        {cut && show.verdict && <Badge run={cut} />}
      </header>
      {cut === undefined ? (
        <p className="p-wait">Not trained yet.</p>
      ) : (
        <HalfRun run={cut} group={shown.group} beside={beside} show={show} length={length} />
      )}
    </section>
  );
}

/** A run until an epoch. What comes after that epoch does not change it, so that it is then the same object. */
function useCut(run: Run | undefined, until: number | null): Run | undefined {
  const isCut = run !== undefined && until !== null && until < run.epochs.length;
  const key = isCut ? `${run.number} ${until}` : run;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that the run depends on, beside its draft.
  return useMemo(() => run && (until === null ? run : runUntil(run, until)), [key, run?.draft]);
}

/** What the coach makes of a run, computed again when an epoch or the run ends: until the first one, with every step. */
function useVerdict(run: Run): Verdict {
  const { draft, epochs, stepsPerEpoch, phase, restoredEpoch } = run;
  const losses = epochs.length === 0 ? run.losses : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the losses change ten times a second, the verdict once an epoch.
  return useMemo(() => verdictOn(run), [draft, epochs, stepsPerEpoch, phase, restoredEpoch, losses]);
}

interface HalfRunProps extends Omit<HalfProps, 'shown'> {
  readonly run: Run;
  readonly group: readonly Run[];
}

function HalfRun({ run, group, beside, show, length }: HalfRunProps) {
  const last = run.epochs.at(-1);
  const verdict = useVerdict(run);
  const bands = useBands(group, show);
  return (
    <>
      <Figures train={last?.trainSample?.accuracy} validation={last?.validation?.accuracy} />
      <p className="p-chart">
        {captionOf(show, run)}
        {!show.matrix && <BandNote bands={bands} />}
      </p>
      {show.matrix ? (
        <Matrix run={run} />
      ) : (
        <Curves run={run} bands={bands} beside={beside} show={show} length={length} gap={verdict.gapSince !== null} />
      )}
      <p className="p-verdict">{show.verdict && `${verdict.title}: ${verdict.sentence}`}</p>
    </>
  );
}

function captionOf({ matrix, figure }: Show, { draft }: Run): string {
  const { classes, words } = draft.dataset;
  if (matrix) {
    const how = heatLayout(classes).scrolls
      ? `, a row for each of ${classes.length} true classes, a column for each answer`
      : '';
    return `Confusion matrix on the validation ${words.sample.many}${how}`;
  }
  return figure === 'loss' ? 'Loss, lower is better' : 'Accuracy, higher is better';
}

const BADGES: { readonly [Tone in VerdictTone]: { readonly words: string; readonly icon: IconName } | null } = {
  none: null,
  learning: { words: 'Still learning', icon: 'curve' },
  good: { words: 'Fits well', icon: 'check' },
  overfitting: { words: 'Overfits', icon: 'warn' },
  broken: { words: 'Broken', icon: 'warn' },
};

/** An underfitting run has the tone `learning`, but its badge must not suggest that waiting helps. */
const UNDERFITS = { words: 'Underfits', icon: 'warn' } as const;

function Badge({ run }: { readonly run: Run }) {
  const { tone, kind } = useVerdict(run);
  const badge = kind === 'underfitting' ? UNDERFITS : BADGES[tone];
  if (badge === null) return null;
  return (
    <span className={classNames('p-badge', `is-${tone}`)}>
      <Icon name={badge.icon} />
      {badge.words}
    </span>
  );
}

/** The band of runs that differ in their seed alone. It is the same object until one of them ends. */
function useBands(group: readonly Run[], { figure, until }: Show): readonly Ghost[] {
  const key = group.map(({ number, phase }) => `${number} ${phase}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that the band depends on.
  return useMemo(() => bandsOf(group, figure, until), [key, figure, until]);
}

/** Which runs a band is of. */
function BandNote({ bands: [line] }: { readonly bands: readonly Ghost[] }) {
  if (line?.band === undefined) return null;
  return ` · band: mean, least and most of runs ${listOf(line.band.runs.map(String))}, which differ in their seed alone`;
}

interface CurvesProps extends Pick<HalfProps, 'beside' | 'show' | 'length'> {
  readonly run: Run;
  readonly bands: readonly Ghost[];
  readonly gap: boolean;
}

function Curves({ run, bands, beside, show, length, gap }: CurvesProps) {
  const { figure } = show;
  const other = useCut(beside?.run, show.until);
  const otherBands = useBands(beside?.group ?? [], show);
  const lines = useMemo(() => linesOf(run, figure), [run, figure]);
  const otherLines = useMemo(
    () => other && { ...linesOf(other, figure), ghosts: otherBands },
    [other, otherBands, figure],
  );
  return (
    <div className="p-box">
      <div className="p-scaled">
        <CurveChart
          {...lines}
          epochs={length}
          kind={figure}
          beside={otherLines}
          ghosts={bands}
          smoothing={0.9}
          gap={gap}
          logarithmic={false}
        />
      </div>
    </div>
  );
}

function Matrix({ run }: { readonly run: Run }) {
  const { classes, words } = run.draft.dataset;
  const counts = run.epochs.at(-1)?.confusion;
  return (
    <div className="p-box">
      <div className="p-scaled is-matrix">
        {counts && (
          <HeatMap
            classes={classes}
            samples={words.sample.many}
            counts={counts}
            mode="row"
            onSelect={() => undefined}
          />
        )}
      </div>
    </div>
  );
}
