import { useContext, useState } from 'react';
import { useStore } from 'zustand';
import type { MeasuredRun } from '../../core/lessons/figures.ts';
import type { Lesson, LessonRun } from '../../core/lessons/lesson.ts';
import { type MeasuredRuns, withChosen } from '../../core/lessons/outcome.ts';
import { sizedRuns } from '../../core/lessons/size.ts';
import { newestRunOf } from '../../state/demo.ts';
import { type LessonProgress, parseProgress } from '../../state/lesson-progress.ts';
import type { Plan } from '../../state/queue.ts';
import type { Run } from '../../state/run.ts';
import { lossesOf } from '../../state/run-steps.ts';
import { useAnswers } from '../answers.ts';
import { useRunsControl, useSteadyRuns } from '../lab.tsx';
import { LessonNotesContext } from '../lesson-notes.ts';

/** What came of the runs of a lesson so far. */
export interface LessonRuns {
  /** What it trains, in order, as long as this device trains it; then the run of the change. */
  readonly wanted: readonly LessonRun[];
  readonly change: LessonRun;
  /** The runs that have ended, by the ids that the lesson gives them. */
  readonly measured: MeasuredRuns;
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
export function useLessonRuns(lesson: Lesson, isShort: boolean): LessonRuns {
  const control = useRunsControl();
  const runs = useSteadyRuns();
  const { purpose: queued, state } = useStore(control.queue.store);
  const purpose = `lesson ${lesson.id}`;
  const all = sizedRuns(lesson, isShort);
  const setupOf = (id: string | undefined) => all.find((run) => run.id === id)?.setup;
  const found = all.map((run) => [run.id, newestRunOf(run.setup, runs, setupOf(run.from))] as const);
  const judgesTest = lesson.judgesTest;
  const ended = found.flatMap(([id, run]) => (run !== undefined && isOver(run, judgesTest) ? [{ id, run }] : []));
  const open = found.flatMap(([id, run]) => (run !== undefined && !isOver(run, judgesTest) ? [{ id, run }] : []));
  const answers = useAnswers(ended.map(({ run }) => ({ run, set: 'validation' })));
  const measured = new Map<string, MeasuredRun>(
    ended.map(({ id, run }, i) => [id, { ...run, losses: lossesOf(run), answers: answers?.[i] ?? null }]),
  );
  return {
    wanted: all.slice(0, -1),
    change: all.at(-1) ?? lesson.change.run,
    measured: withChosen(
      lesson.runs.map(({ id }) => id),
      measured,
    ),
    current: open[0] ?? null,
    isRunning: queued === purpose && state === 'running',
    train(chosen) {
      const left = chosen.filter((run) => !measured.has(run.id));
      const plans = left.map(({ name, setup, from }) => ({
        name,
        judgesTest,
        draft: { ...setup, presetId: '', change: 'the lesson' },
        ...(from !== undefined && { from: sourceOf(from, left, ended) }),
      }));
      control.queue.start(purpose, plans);
    },
  };
}

/** The run whose weights another begins with: one that has ended, or one that is trained before it. */
function sourceOf(
  id: string,
  left: readonly LessonRun[],
  ended: readonly { readonly id: string; readonly run: Run }[],
): NonNullable<Plan['from']> {
  const run = ended.find((each) => each.id === id)?.run;
  return run === undefined ? { plan: left.findIndex((each) => each.id === id) } : { run: run.number };
}

/** A run whose loss was no number any more has ended, too: that is a finding. */
function isOver({ phase, test }: Run, judgesTest: boolean): boolean {
  return phase === 'failed' || (phase === 'finished' && (!judgesTest || test !== null));
}
