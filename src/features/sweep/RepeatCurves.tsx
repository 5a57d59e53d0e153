import { useMemo } from 'react';
import { CurveChart } from '../../ui/chart/CurveChart.tsx';
import { BAND_SENTENCE, groupLine, groupLineKey, seedGroups } from '../seed-groups.ts';
import type { Repeats } from './repeats.ts';
import type { SweepFigure } from './trials.ts';

/** Props of {@link RepeatCurves}. */
export interface RepeatCurvesProps {
  readonly repeats: readonly Repeats[];
  readonly figure: SweepFigure;
}

const NO_LINES = { trace: [], training: [], validation: [], smoothing: 0, gap: false, logarithmic: false } as const;

/** The validation curves of repeats with several seeds: a mean with a band for each value. */
export function RepeatCurves({ repeats, figure }: RepeatCurvesProps) {
  const groups = repeats.flatMap(({ trials }) => seedGroups(trials.flatMap(({ run }) => run ?? [])));
  const key = groups.map(groupLineKey).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that the lines depend on.
  const lines = useMemo(
    () => groups.map((group) => ({ ...groupLine(group, 'validation', figure), pinned: true })),
    [key, figure],
  );
  const epochs = Math.max(1, ...groups.flat().map((run) => run.epochs.length));
  if (lines.every(({ validation }) => validation.length === 0)) return null;
  return (
    <>
      <div className="sweep-curves">
        <CurveChart
          {...NO_LINES}
          kind={figure}
          title={TITLES[figure]}
          epochs={epochs}
          ghosts={lines}
          saveAs={`sweep ${figure}`}
        />
      </div>
      {lines.some(({ band }) => band !== undefined) && <p className="muted">{BAND_SENTENCE}</p>}
    </>
  );
}

const TITLES = { accuracy: 'Validation accuracy', loss: 'Validation loss' } as const;
