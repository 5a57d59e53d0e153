import { useEffect } from 'react';
import { NOT_LOADED } from '../../state/device.ts';
import { Notice } from '../../ui/card/Notice.tsx';
import { NotLoaded } from '../../ui/card/NotLoaded.tsx';
import { part } from '../../ui/card/part.tsx';
import { useDataSet, useDevice, useInterruption, useLab, useRun } from '../lab.tsx';

/** Loaded after the first paint: nothing trains before, and the data set has hardly begun to come. */
const MoreNotices = part(async () => (await import('./MoreNotices.tsx')).MoreNotices);

/** What went wrong, what it means, and the button that fixes it. */
export function Notices() {
  const interrupted = useInterruption() !== null;
  const failed = useRun((run) => run?.failure != null);
  const isIncomplete = useDataSet((data) => data.failure !== null);
  useEffect(MoreNotices.load, []);
  return (
    <>
      {(interrupted || failed || isIncomplete) && <MoreNotices />}
      <WorkerFailure />
    </>
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
