import { useEffect } from 'react';
import { useStore } from 'zustand';
import { compareRuns } from '../../core/classroom/repeat.ts';
import type { Plan } from '../../state/queue.ts';
import type { Run } from '../../state/run.ts';
import type { HandInFile } from '../hand-ins.ts';
import { useRunsControl, useSteadyRuns } from '../lab.tsx';
import { CLASS } from './class-store.ts';

/** Who asks for runs to be trained again. */
const PURPOSE = 'class';

/** Whether a run came out again. */
export interface Repetition {
  readonly state: 'none' | 'waits' | 'trains' | 'repeats' | 'differs';
  /** One sentence more. */
  readonly text: string;
}

/** Trains runs of a class again from their seeds, and tells what came out. */
export interface Repeater {
  /** Those that can be; one after the other. */
  start(handIns: readonly HandInFile[]): void;
  of(handIn: HandInFile): Repetition;
}

/** Trains runs of a class again. */
export function useRepeater(): Repeater {
  const { queue } = useRunsControl();
  const queued = useStore(queue.store);
  const runs = useSteadyRuns();
  const { handIns, again } = useStore(CLASS);
  const isMine = queued.purpose === PURPOSE;
  const planOf = (run: Run) => (isMine ? queued.plans.find(({ draft }) => draft === run.draft) : undefined);
  useEffect(() => {
    if (!isMine) return;
    const numbers = handIns.flatMap(({ id, run }) => {
      const number = queued.plans.find(({ draft }) => draft === run?.draft)?.run;
      return typeof number === 'number' ? [[id, number] as const] : [];
    });
    const isKnown = numbers.every(([id, number]) => CLASS.getState().again.get(id) === number);
    if (!isKnown) CLASS.setState((state) => ({ again: new Map([...state.again, ...numbers]) }));
  }, [isMine, queued.plans, handIns]);
  return {
    start(chosen) {
      const plans = chosen.flatMap(({ student, run }): readonly Plan[] =>
        run === null || problemOf(run) !== null
          ? []
          : [{ draft: run.draft, name: `Again: ${student}`, judgesTest: false }],
      );
      CLASS.setState((state) => ({
        again: new Map([...state.again].filter(([id]) => !chosen.some((handIn) => handIn.id === id))),
      }));
      queue.start(PURPOSE, plans);
    },
    of({ id, run }) {
      if (run === null) return NONE;
      const here = runs.find(({ number }) => number === again.get(id));
      if (here === undefined) {
        const isWaiting = queued.state === 'running' && planOf(run)?.run === null;
        return isWaiting ? { state: 'waits', text: '' } : { state: 'none', text: problemOf(run) ?? '' };
      }
      if (here.phase !== 'finished' && here.phase !== 'failed') return { state: 'trains', text: '' };
      const { repeats, text } = compareRuns(run, here);
      return { state: repeats ? 'repeats' : 'differs', text: `${text} It is run ${here.number} here.` };
    },
  };
}

const NONE: Repetition = { state: 'none', text: '' };

/** Why a run cannot be trained again from its seed alone, as a sentence; null where it can. */
function problemOf({ carriedFrom, adjustments }: Run): string | null {
  if (carriedFrom !== null) return 'It began with other weights: its seed alone does not repeat it.';
  return adjustments.length > 0 ? 'Settings were changed while it trained: its seed alone does not repeat it.' : null;
}
