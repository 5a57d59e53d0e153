import { useEffect } from 'react';
import { NOT_LOADED } from '../../state/device.ts';
import { Notice } from '../../ui/card/Notice.tsx';
import { NotLoaded } from '../../ui/card/NotLoaded.tsx';
import { part } from '../../ui/card/part.tsx';
import { Button } from '../../ui/form/Button.tsx';
import { useDataSet, useDevice, useInterruption, useLab, useRun } from '../lab.tsx';

/** Loaded after the first paint: nothing trains before. */
const RunNotices = part(async () => (await import('./RunNotices.tsx')).RunNotices);

/** What went wrong, what it means, and the button that fixes it. */
export function Notices() {
  const interrupted = useInterruption() !== null;
  const failed = useRun((run) => run?.failure != null);
  useEffect(RunNotices.load, []);
  return (
    <>
      {(interrupted || failed) && <RunNotices />}
      <StreamFailure />
      <WorkerFailure />
    </>
  );
}

function StreamFailure() {
  const lab = useLab();
  const failure = useDataSet((data) => data.failure);
  if (failure === null) return null;
  return (
    <Notice
      title="The data set is incomplete."
      actions={
        <Button variant="outline" onClick={lab.dataSet.retry}>
          Retry
        </Button>
      }
    >
      {failure.message}
    </Notice>
  );
}

/** A failure of the worker that belongs to no run. */
function WorkerFailure() {
  const failure = useDevice((device) => device.failure);
  const inRun = useRun((run) => run?.failure != null);
  const { retryEngine } = useLab();
  if (failure === null || inRun) return null;
  if (failure.name === NOT_LOADED)
    return <NotLoaded title="The training engine could not be loaded." failures={1} onAgain={retryEngine} />;
  return <Notice title="The training engine stopped.">{failure.message} Reload the page to start it again.</Notice>;
}
