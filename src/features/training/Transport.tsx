import { waitingText } from '../../core/dataset/sample-words.ts';
import { isBusy, type LabStatus } from '../../state/runs.ts';
import { isTrainable } from '../../state/trainable.ts';
import type { IconName } from '../../ui/base/Icon.tsx';
import { Button, ButtonGroup } from '../../ui/form/Button.tsx';
import './transport.css';
import { useDatasetSpec, useDraft, useLabStatus, useRunsControl } from '../lab.tsx';
import { SeedField } from './SeedField.tsx';

/** Train, Pause or Resume, the single steps, Reset and the seed. */
export function Transport() {
  const runs = useRunsControl();
  const status = useLabStatus();
  const busy = isBusy(status);
  const blocked = useBlocked();
  return (
    <div className="transport">
      <MainButton />
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
          title="Back to the same initial weights"
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

/** What the one primary button says where the lab stands. */
function mainWord(status: LabStatus): { readonly word: string; readonly icon: IconName } {
  if (isBusy(status)) return { word: 'Pause', icon: 'pause' };
  return { word: status === 'paused' ? 'Resume' : 'Train', icon: 'play' };
}

function MainButton() {
  const runs = useRunsControl();
  const blocked = useBlocked();
  const { word, icon } = mainWord(useLabStatus());
  return (
    <Button variant="primary" size="lg" icon={icon} kbd="Space" blocked={blocked} onClick={runs.toggle}>
      {word}
    </Button>
  );
}

/** Why nothing can be trained now, as a sentence; undefined when it can. */
function useBlocked(): string | undefined {
  const status = useLabStatus();
  const dataset = useDatasetSpec();
  const trainable = useDraft(isTrainable);
  if (isBusy(status) || status === 'paused') return undefined;
  if (status === 'loading') return waitingText(dataset);
  return trainable
    ? undefined
    : 'The network cannot be trained yet. Its red card says what is wrong and how to mend it.';
}
