import { useStore } from 'zustand';
import { waitingText } from '../../core/dataset/sample-words.ts';
import type { Run } from '../../state/run.ts';
import { isBusy } from '../../state/runs.ts';
import { isTrainable } from '../../state/trainable.ts';
import { Button, ButtonGroup } from '../../ui/form/Button.tsx';
import './transport.css';
import {
  useDatasetSpec,
  useDraft,
  useIsAvailable,
  useIsFrozen,
  useLabStatus,
  useNextRun,
  useRun,
  useRunsControl,
  useSteadyRun,
} from '../lab.tsx';
import { SeedField } from './SeedField.tsx';

/** Train, Pause or Resume, the single steps, Reset and the seed. */
export function Transport() {
  const runs = useRunsControl();
  const status = useLabStatus();
  const busy = isBusy(status);
  const blocked = useBlocked();
  const loss = useLoss();
  return (
    <div className="transport">
      <MainButton />
      <TrainDraft />
      <ButtonGroup>
        <Button
          variant="outline"
          size="lg"
          icon="step"
          collapses
          disabled={busy}
          blocked={blocked}
          onClick={() => runs.advance('batch')}
        >
          Step batch
        </Button>
        <Button
          variant="outline"
          size="lg"
          icon="step-epoch"
          collapses
          disabled={busy}
          blocked={blocked}
          onClick={() => runs.advance('epoch')}
        >
          Step epoch
        </Button>
      </ButtonGroup>
      <ButtonGroup>
        <Button
          variant="outline"
          size="lg"
          icon="reset"
          collapses
          disabled={status === 'loading' || status === 'ready'}
          title={loss}
          onClick={runs.reset}
        >
          Reset
        </Button>
        <Button
          className="hide-phone"
          variant="outline"
          size="lg"
          icon="dice"
          label="Reset with a new seed"
          disabled={status === 'loading' || status === 'ready'}
          onClick={runs.resetWithNewSeed}
        />
      </ButtonGroup>
      <span className="grow" />
      <SeedField />
    </div>
  );
}

/** Pauses or resumes the run; trains the draft where there is none to go on with. */
function MainButton() {
  const runs = useRunsControl();
  const status = useLabStatus();
  const number = useRun((run) => run?.number);
  const blocked = useBlocked();
  const isLate = useStore(runs.pausing) === number;
  const shared = { variant: 'primary', size: 'lg', kbd: 'Space', blocked, onClick: runs.toggle } as const;
  if (isBusy(status))
    return (
      <Button {...shared} icon="pause" title={isLate ? 'Pauses after this step' : undefined}>
        {isLate ? 'Pausing' : 'Pause'}
      </Button>
    );
  if (status !== 'paused')
    return (
      <Button {...shared} icon="play">
        Train
      </Button>
    );
  return (
    <Button {...shared} icon="play" aria-description={`Goes on with run ${number}`}>
      Resume
      <span className="of-run" aria-hidden="true">{`run ${number}`}</span>
    </Button>
  );
}

/** Trains the draft beside a paused run that it is not. */
function TrainDraft() {
  const { train } = useRunsControl();
  const paused = useLabStatus() === 'paused';
  const isFrozen = useIsFrozen();
  const run = useSteadyRun();
  const next = useNextRun();
  const problem = useProblem();
  if (!paused || isFrozen || run === null) return null;
  return (
    <Button
      className="train-draft"
      variant="outline"
      size="lg"
      icon="play"
      title={`Starts run ${next} from the draft. ${fateOf(run)}`}
      blocked={problem}
      onClick={() => train('run')}
    >
      Train
    </Button>
  );
}

/** What Reset takes away. */
function useLoss(): string {
  const run = useSteadyRun();
  return run === null ? 'Back to the same initial weights' : `Takes run ${run.number} off the charts. ${fateOf(run)}`;
}

/** What becomes of a run that gives way. */
function fateOf({ number, epochs }: Run): string {
  return epochs.length === 0
    ? `Run ${number} is lost, because none of its epochs is complete.`
    : `Run ${number} stays in the table, from where it can be restored.`;
}

/** Why nothing can be trained now, as a sentence; undefined when it can. */
function useBlocked(): string | undefined {
  const status = useLabStatus();
  const problem = useProblem();
  return isBusy(status) || status === 'paused' ? undefined : problem;
}

/** Why the draft cannot be trained, as a sentence; undefined when it can. */
function useProblem(): string | undefined {
  const status = useLabStatus();
  const dataset = useDatasetSpec();
  const trainable = useDraft(isTrainable);
  const isAvailable = useIsAvailable(dataset);
  if (status === 'loading') return waitingText(dataset);
  if (!isAvailable) return `${dataset.title} is not in this browser any more. Open another data set to train on.`;
  return trainable
    ? undefined
    : 'The network cannot be trained yet. The red card says what is wrong and how to fix it.';
}
