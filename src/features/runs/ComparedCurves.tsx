import { useMemo } from 'react';
import type { Judgement } from '../../core/evaluation/evaluation.ts';
import type { JudgedSet } from '../../state/run-figures.ts';
import { CurveChart } from '../../ui/chart/CurveChart.tsx';
import type { Ghost } from '../../ui/chart/curve.ts';
import { groupLine, groupLineKey, type SeedGroup } from '../seed-groups.ts';

/** Props of {@link ComparedCurves}. */
export interface ComparedCurvesProps {
  /** A line each. */
  readonly groups: readonly SeedGroup[];
  /** On which images the runs are compared. */
  readonly set: JudgedSet;
}

/** The accuracy and the loss of several runs, each pair of axes shared by all. */
export function ComparedCurves({ groups, set }: ComparedCurvesProps) {
  const runs = groups.flat();
  const epochs = Math.max(1, ...runs.map((run) => run.epochs.length));
  const name = `runs ${runs.map(({ number }) => number).join(', ')}`;
  const shared = { ...NO_LINES, epochs };
  return (
    <div className="charts compare-charts">
      <CurveChart {...shared} kind="accuracy" ghosts={useLines(groups, set, 'accuracy')} saveAs={`${name} accuracy`} />
      <CurveChart {...shared} kind="loss" ghosts={useLines(groups, set, 'loss')} saveAs={`${name} loss`} />
    </div>
  );
}

/** There is no current run: every run is drawn like an earlier one. */
const NO_LINES = { trace: [], training: [], validation: [], smoothing: 0, gap: false, logarithmic: false } as const;

function useLines(groups: readonly SeedGroup[], set: JudgedSet, figure: keyof Judgement): readonly Ghost[] {
  const key = groups.map(groupLineKey).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that the lines depend on.
  return useMemo(() => groups.map((group) => ({ ...groupLine(group, set, figure), pinned: true })), [key, set, figure]);
}
