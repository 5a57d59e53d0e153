import { useMemo } from 'react';
import { bestEpoch, type CurvePoint, epochMeans, traceOf } from '../../core/curves.ts';
import type { Judgement } from '../../core/evaluation.ts';
import type { EpochRecord, Run } from '../../state/run.ts';
import { stepOf } from '../../state/run.ts';
import { CurveChart } from '../../ui/chart/CurveChart.tsx';
import { formatCount } from '../../ui/format.ts';
import { Key } from './Key.tsx';

/** Weight of the past in the training line. */
const SMOOTHING = 0.9;

/** The curves of the run: accuracy and loss, training and validation. */
export function Charts({ run }: { readonly run: Run }) {
  const paused = run.phase === 'paused' ? `paused, step ${formatCount(stepOf(run))}` : undefined;
  const validationLoss = useValidation(run.epochs, 'loss');
  const validationAccuracy = useValidation(run.epochs, 'accuracy');
  const shared = {
    epochs: run.draft.recipe.epochs,
    ghosts: NO_GHOSTS,
    smoothing: SMOOTHING,
    best: bestEpoch(validationLoss),
    gap: false,
    logarithmic: false,
    paused,
  };
  return (
    <>
      <div className="chart-bar" id="charts">
        <Key line="training" />
        <Key line="validation" />
      </div>
      <div className="charts">
        <CurveChart {...shared} kind="accuracy" {...useTraining(run, run.accuracies)} validation={validationAccuracy} />
        <CurveChart {...shared} kind="loss" {...useTraining(run, run.losses)} validation={validationLoss} />
      </div>
    </>
  );
}

const NO_GHOSTS = [] as const;

function useTraining({ stepsPerEpoch, draft }: Run, values: Float32Array) {
  const { epochs } = draft.recipe;
  return useMemo(
    () => ({ trace: traceOf(values, stepsPerEpoch, epochs), training: epochMeans(values, stepsPerEpoch) }),
    [values, stepsPerEpoch, epochs],
  );
}

function useValidation(epochs: readonly EpochRecord[], figure: keyof Judgement): readonly CurvePoint[] {
  return useMemo(
    () => epochs.flatMap(({ epoch, validation }) => (validation ? [{ epoch, value: validation[figure] }] : [])),
    [epochs, figure],
  );
}
