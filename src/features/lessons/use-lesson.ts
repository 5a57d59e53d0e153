import { useContext, useState } from 'react';
import { useStore } from 'zustand';
import type { Lesson, LessonRun } from '../../core/lessons/lesson.ts';
import type { MeasuredRun } from '../../core/lessons/outcome.ts';
import { newestRunOf } from '../../state/demo.ts';
import { type LessonProgress, parseProgress } from '../../state/lesson-progress.ts';
import type { Run } from '../../state/run.ts';
import { useRunsControl, useSteadyRuns } from '../lab.tsx';
import { LessonNotesContext } from '../lesson-notes.ts';

/** What came of the runs of a lesson so far. */
export interface LessonRuns {
  /** The runs that have ended, by the ids that the lesson gives them. */
  readonly measured: ReadonlyMap<string, MeasuredRun>;
  /** The run of the lesson that trains now, or stands paused, and the id that the lesson gives it; null where none does. */
  readonly current: { readonly id: string; readonly run: Run } | null;
  /** Whether its runs train one after the other. */
  readonly isRunning: boolean;
  /** Trains those that have not ended yet. */
  train(runs: readonly LessonRun[]): void;
}

/** How far somebody is in a lesson, and what changes that. It outlasts the page. */
export function useProgress(id: string): readonly [LessonProgress, (change: Partial<LessonProgress>) => void] {
  const notes = useContext(LessonNotesContext);
  const [progress, setProgress] = useState(() => parseProgress(notes.read(id)));
  const change = (values: Partial<LessonProgress>) => {
    const next = { ...progress, ...values };
    setProgress(next);
    notes.write(id, JSON.stringify(next));
  };
  return [progress, change];
}

/** The runs of a lesson: a run that trained the same before counts, whoever started it. */
export function useLessonRuns({ id, runs: wanted, change }: Lesson): LessonRuns {
  const control = useRunsControl();
  const runs = useSteadyRuns();
  const { purpose: queued, state } = useStore(control.queue.store);
  const purpose = `lesson ${id}`;
  const all = [...wanted, change.run];
  const found = all.map((run) => [run.id, newestRunOf(run.setup, runs)] as const);
  const ended = found.flatMap(([name, run]) => (run !== undefined && isOver(run) ? [[name, run] as const] : []));
  const open = found.flatMap(([name, run]) => (run !== undefined && !isOver(run) ? [{ id: name, run }] : []));
  const current = open[0] ?? null;
  return {
    measured: new Map(ended),
    current,
    isRunning: queued === purpose && state === 'running',
    train(chosen) {
      const left = chosen.filter((run) => !ended.some(([name]) => name === run.id));
      const plans = left.map(({ name, setup }) => ({
        name,
        judgesTest: false,
        draft: { ...setup, presetId: '', change: 'the lesson' },
      }));
      control.queue.start(purpose, plans);
    },
  };
}

/** A run whose loss was no number any more has ended, too: that is a finding. */
function isOver({ phase }: Run): boolean {
  return phase === 'finished' || phase === 'failed';
}
