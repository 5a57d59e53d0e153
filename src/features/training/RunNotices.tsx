import { countText } from '../../core/text/number-text.ts';
import type { Run } from '../../state/run.ts';
import { Notice } from '../../ui/card/Notice.tsx';
import { Button } from '../../ui/form/Button.tsx';
import { useInterruption, useLab, useRun, useRunsControl } from '../lab.tsx';
import { useRuling } from '../ruling.tsx';
import { interruptionText } from './interruption-text.ts';

/** Why the run stopped, or what happened to the worker that trains it. */
export function RunNotices() {
  return (
    <>
      <RunFailure />
      <WorkerInterruption />
    </>
  );
}

function RunFailure() {
  const lab = useLab();
  const run = useRun((current) => current);
  if (run === null || run.failure === null) return null;
  return (
    <Notice
      title="Training stopped."
      actions={
        <>
          <SmallerBatch run={run} />
          <Button variant="outline" onClick={lab.runs.reset}>
            Start over
          </Button>
        </>
      }
    >
      {run.failure} {run.fittingBatch === null && 'Not even one sample fits, so the network must be smaller.'}
    </Notice>
  );
}

/** What happened to the worker, and that the run goes on. */
function WorkerInterruption() {
  const interruption = useInterruption();
  if (interruption === null) return null;
  const { title, text } = interruptionText(interruption);
  return (
    <Notice tone="info" title={title}>
      {text}
    </Notice>
  );
}

/** Trains again with the largest batch that fits, after the memory was not enough. */
function SmallerBatch({ run: { draft, fittingBatch = null } }: { readonly run: Run }) {
  const { tryOut } = useRunsControl();
  const { allows } = useRuling();
  if (fittingBatch === null) return null;
  const smaller = { ...draft, recipe: { ...draft.recipe, batchSize: fittingBatch } };
  return (
    allows(smaller) && (
      <Button onClick={() => tryOut(smaller, `batch ${countText(fittingBatch)}`)}>
        Train with batches of {countText(fittingBatch)}
      </Button>
    )
  );
}
