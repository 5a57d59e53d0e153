import { useStore } from 'zustand';
import { countOf } from '../core/text/nouns.ts';
import { runsLeft } from '../state/queue.ts';
import { isBusy } from '../state/runs.ts';
import { Button } from '../ui/form/Button.tsx';
import { useLabStatus, useRun, useRunsControl } from './lab.tsx';

/** Goes on with a sweep that was stopped, or that a reload broke off; nothing where none is left. */
export function SweepRest() {
  const { queue, store } = useRunsControl();
  const queued = useStore(queue.store);
  const left = useStore(store, (runs) => runsLeft(queued, runs));
  const status = useLabStatus();
  const isOther = useRun((run) => run !== null && !queued.plans.some((plan) => plan.run === run.number));
  if (queued.purpose !== 'sweep' || left === 0) return null;
  const blocked =
    status === 'loading'
      ? 'The data set is still loading.'
      : isBusy(status) || (status === 'paused' && isOther)
        ? 'a run is under way. Let it finish, or reset it first.'
        : undefined;
  return (
    <Button
      variant="quiet"
      icon="play"
      word={`${countOf(left, RUN)} left`}
      label={`Go on with the sweep: ${countOf(left, RUN)} left`}
      blocked={blocked}
      onClick={queue.goOn}
    />
  );
}

const RUN = { one: 'run', many: 'runs' };
