import { useState } from 'react';
import { useStore } from 'zustand';
import type { Demo } from '../../datasets/demo.ts';
import { demosFor } from '../../datasets/demos.ts';
import { demoPlans, purposeOf } from '../../state/demo.ts';
import { isBusy, type LabStatus } from '../../state/runs.ts';
import type { IconName } from '../../ui/base/Icon.tsx';
import { useDatasetSpec, useLabStatus, useRun, useRuns, useRunsControl } from '../lab.tsx';
import { type Head, headOf, type Shown, shownOfDemo, shownOfRuns } from './shown.ts';

/** What stands on the screen, what else there is to choose, and what the one button does. */
export interface Choice {
  readonly demos: readonly Demo[];
  /** The demo that is shown; null for runs that were made otherwise. */
  readonly demo: Demo | null;
  readonly choose: (demo: Demo | null) => void;
  readonly shown: readonly Shown[];
  readonly head: Head;
  readonly action: { readonly word: string; readonly icon: IconName };
  readonly press: () => void;
}

/** The demo or the runs to show: at first the demo that trains, else the runs there are, else the first demo. */
export function useChoice(): Choice {
  const demos = demosFor(useDatasetSpec());
  const control = useRunsControl();
  const status = useLabStatus();
  const runs = useRuns();
  const queued = useStore(control.queue.store);
  const current = useRun((run) => run?.number);
  const [chosen, choose] = useState(() => {
    const queuedDemo = demos.find((demo) => purposeOf(demo) === queued.purpose);
    return queuedDemo ?? (runs.length > 0 ? null : (demos[0] ?? null));
  });
  const demo = chosen !== null && demos.includes(chosen) ? chosen : null;
  const shown = demo === null ? shownOfRuns(runs) : shownOfDemo(demo, runs, queued);
  const isShown = shown.some(({ run }) => run !== undefined && run.number === current);
  const next = demo ?? demos[0];
  const press = () => {
    if (isBusy(status) || (status === 'paused' && isShown) || next === undefined) return control.toggle();
    choose(next);
    control.queue.start(purposeOf(next), demoPlans(next));
  };
  const made = demo !== null && shown.some(({ run }) => run !== undefined);
  return {
    demos,
    demo,
    choose,
    shown,
    head: demo === null ? headOf(shown) : { title: demo.question, words: demo.words },
    action: actionOf(status, { isShown: isShown || next === undefined, made, hasDemo: next !== undefined }),
    press,
  };
}

interface Standing {
  readonly isShown: boolean;
  readonly made: boolean;
  /** Whether the data set has any demo; where it has none, the draft is what can be trained. */
  readonly hasDemo: boolean;
}

function actionOf(status: LabStatus, { isShown, made, hasDemo }: Standing): Choice['action'] {
  if (isBusy(status)) return { word: 'Pause', icon: 'pause' };
  if (status === 'paused' && isShown) return { word: 'Resume', icon: 'play' };
  if (!hasDemo) return { word: 'Train', icon: 'play' };
  return { word: made ? 'Run the demo again' : 'Run the demo', icon: 'play' };
}
