import { useMemo } from 'react';
import type { Judgement } from '../../core/evaluation/evaluation.ts';
import type { Run } from '../../state/run.ts';
import { type JudgedSet, judgedCurve } from '../../state/run-figures.ts';
import { CurveChart } from '../../ui/chart/CurveChart.tsx';
import type { Ghost } from '../../ui/chart/curve.ts';

/** Props of {@link ComparedCurves}. */
export interface ComparedCurvesProps {
  readonly runs: readonly Run[];
  /** On which images the runs are compared. */
  readonly set: JudgedSet;
}

/** The accuracy and the loss of several runs, each pair of axes shared by all. */
export function ComparedCurves({ runs, set }: ComparedCurvesProps) {
  const epochs = Math.max(1, ...runs.map((run) => run.epochs.length));
  const name = `runs ${runs.map(({ number }) => number).join(', ')}`;
  const shared = { ...NO_LINES, epochs };
  return (
    <div className="charts compare-charts">
      <CurveChart {...shared} kind="accuracy" ghosts={useLines(runs, set, 'accuracy')} saveAs={`${name} accuracy`} />
      <CurveChart {...shared} kind="loss" ghosts={useLines(runs, set, 'loss')} saveAs={`${name} loss`} />
    </div>
  );
}

/** There is no current run: every run is drawn like an earlier one. */
const NO_LINES = { trace: [], training: [], validation: [], smoothing: 0, gap: false, logarithmic: false } as const;

function useLines(runs: readonly Run[], set: JudgedSet, figure: keyof Judgement): readonly Ghost[] {
  const key = runs.map(({ number, epochs }) => `${number} ${epochs.length}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that the lines depend on.
  return useMemo(() => runs.map((run) => lineOf(run, set, figure)), [key, set, figure]);
}

function lineOf({ number, epochs }: Run, set: JudgedSet, figure: keyof Judgement): Ghost {
  return { run: number, pinned: true, validation: judgedCurve(epochs, set, figure) };
}
