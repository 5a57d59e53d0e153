import { diffText } from '../../core/training/run-diff.ts';
import { liveChange } from '../../state/live.ts';
import { isRunOf } from '../../state/same-data.ts';
import { isTrainable } from '../../state/trainable.ts';
import { Button } from '../../ui/form/Button.tsx';
import { useDraft, useRunsControl, useSteadyRun } from '../lab.tsx';

/** Offers to apply what was changed in the draft to the current run, from its next step on. */
export function LiveChanges() {
  const { adjust } = useRunsControl();
  const draft = useDraft((state) => state);
  const run = useSteadyRun();
  if (run === null || !['compiling', 'training', 'paused'].includes(run.phase) || !isTrainable(draft)) return null;
  if (!isRunOf(run, draft.dataset)) return null;
  const change = liveChange(run, draft);
  if (change === null) return null;
  return (
    <div className="live-change">
      <span className="grow">
        Unsaved change: <b>{diffText(change.labels)}</b>
      </span>
      <Button variant="outline" size="sm" icon="check" onClick={() => adjust(change.values)}>
        {`Apply to run ${run.number} now`}
      </Button>
    </div>
  );
}
