import { useState } from 'react';
import { useStore } from 'zustand';
import { clockText, lossText, percentText } from '../../core/text/number-text.ts';
import type { QueuedPlan } from '../../state/queue.ts';
import type { Run } from '../../state/run.ts';
import { bestOf } from '../../state/run-figures.ts';
import { RunNumber } from '../../ui/card/RunMark.tsx';
import '../../ui/matrix/report.css';
import { Segmented } from '../../ui/form/Toggle.tsx';
import { useRunsControl, useSteadyRuns } from '../lab.tsx';
import { RepeatCurves } from './RepeatCurves.tsx';
import { repeatsOf } from './repeats.ts';
import { SpreadPlot } from './SpreadPlot.tsx';
import { SweepGrid } from './SweepGrid.tsx';
import { SweepPlot } from './SweepPlot.tsx';
import { bestTrial, gridOf, type SweepFigure, type Trial } from './trials.ts';

/** The value against the result, and every run of the sweep as a line. */
export function SweepResults({ onClose }: { readonly onClose: () => void }) {
  const { plans, state } = useStore(useRunsControl().queue.store);
  const trials = useTrials(plans);
  const [figure, setFigure] = useState<SweepFigure>('accuracy');
  const done = trials.filter(({ run }) => run?.phase === 'finished' || run?.phase === 'failed').length;
  const repeats = repeatsOf(trials);
  // Whoever chose the best seed would choose by chance.
  const best = repeats === null ? bestTrial(trials, figure) : undefined;
  const grid = gridOf(trials);
  return (
    <>
      <div className="compare-bar">
        <span role="status">
          {state === 'running' ? 'Training' : 'Trained'} {done} of {trials.length} runs
        </span>
        <span className="grow" />
        <Segmented label="Result" choices={FIGURES} value={figure} onChange={setFigure} />
      </div>
      {repeats !== null ? (
        <>
          <SpreadPlot repeats={repeats} figure={figure} />
          <RepeatCurves repeats={repeats} figure={figure} />
        </>
      ) : grid === null ? (
        <SweepPlot trials={trials} figure={figure} best={best} />
      ) : (
        <SweepGrid grid={grid} figure={figure} best={best} />
      )}
      <TrialTable trials={trials} best={best} onClose={onClose} />
    </>
  );
}

const FIGURES = [
  { value: 'accuracy', label: 'Best validation accuracy' },
  { value: 'loss', label: 'Lowest validation loss' },
] as const;

function useTrials(plans: readonly QueuedPlan[]): readonly Trial[] {
  const runs = useSteadyRuns();
  return plans.map(({ name, draft, run: number }) => {
    const run = runs.find((other) => other.number === number);
    return { name, draft, run, best: run && bestOf(run) };
  });
}

interface TrialTableProps {
  readonly trials: readonly Trial[];
  readonly best: Trial | undefined;
  readonly onClose: () => void;
}

function TrialTable({ trials, best, onClose }: TrialTableProps) {
  return (
    <table className="report" aria-label="Runs of the sweep">
      <thead>
        <tr>
          {['Value', 'Run', 'Best validation', 'Lowest loss', 'at epoch', 'Time'].map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {trials.map((trial) => (
          <tr key={trial.name} className={trial === best ? 'low' : undefined}>
            <th scope="row">{trial.name}</th>
            <td>{trial.run ? <RunLink run={trial.run} onClose={onClose} /> : 'waiting'}</td>
            <td>{trial.best && percentText(trial.best.accuracy)}</td>
            <td>{trial.best && lossText(trial.best.loss)}</td>
            <td>{trial.best?.epoch}</td>
            <td>{trial.run && clockText(trial.run.seconds)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Leads to the run in the table of runs. */
function RunLink({ run, onClose }: { readonly run: Run; readonly onClose: () => void }) {
  const show = () => {
    onClose();
    // The dialog gives the focus back first.
    setTimeout(() => document.getElementById(`run-${run.number}`)?.focus());
  };
  return (
    <button type="button" className="link sweep-run" aria-label={`Show run ${run.number}`} onClick={show}>
      <RunNumber run={run.number} />
    </button>
  );
}
