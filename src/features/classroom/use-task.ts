import { useContext, useEffect, useState } from 'react';
import type { Assignment } from '../../core/classroom/assignment.ts';
import { type CheckedCondition, checkGoal } from '../../core/classroom/goal.ts';
import { networkProblem, sizesOf } from '../../core/classroom/network-rule.ts';
import { ruleProblems } from '../../core/classroom/rules.ts';
import { isSameDataset } from '../../core/dataset/spec.ts';
import { isFor, setupOf } from '../../core/sharing/shared-setup.ts';
import type { Setup } from '../../core/training/setup.ts';
import { holdTo } from '../../state/field-rules.ts';
import type { Run } from '../../state/run.ts';
import { readProgress, type TaskProgress } from '../../state/task-progress.ts';
import { useDatasetSpec, useDraft, useLab, useSteadyRuns } from '../lab.tsx';
import { LessonNotesContext } from '../lesson-notes.ts';
import { FREE, RULING } from '../ruling.tsx';
import { keep, noteOf } from '../task-control.ts';
import { rulingOf } from './RuledField.tsx';

/** An assignment that is open, how far it is, and what changes that. */
export interface OpenTask {
  readonly assignment: Assignment;
  readonly progress: TaskProgress;
  readonly change: (values: Partial<TaskProgress>) => void;
}

/** The assignment of an id; null where its notes cannot be read. */
export function useTask(id: string): OpenTask | null {
  const notes = useContext(LessonNotesContext);
  const [found, setFound] = useState(() => readProgress(notes.read(noteOf(id))));
  if (found === null) return null;
  const change = (values: Partial<TaskProgress>) => {
    const progress = { ...found.progress, ...values };
    setFound({ ...found, progress });
    keep(notes, id, progress);
  };
  return { ...found, change };
}

/** What an assignment begins with; null while another data set is open than its own. */
export function useStart({ start }: Assignment): Setup | null {
  const dataset = useDatasetSpec();
  const [made, setMade] = useState<{ readonly of: unknown; readonly setup: Setup | null }>();
  if (made?.of === dataset) return made.setup;
  const reading = isFor(start, dataset) ? setupOf(start, dataset) : null;
  const setup = reading !== null && 'setup' in reading ? reading.setup : null;
  setMade({ of: dataset, setup });
  return setup;
}

/**
 * Holds the draft to the rules of an assignment while it is open, and has the form and the cards show them. Gives why the last change of
 * the network was taken back, as a sentence; null where it was not.
 */
export function useRules({ rules, network }: Assignment, start: Setup | null): string | null {
  const { draft } = useLab();
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (start === null) return;
    const set = { rules, network, start };
    const free = holdTo(draft, set, setProblem);
    RULING.setState(rulingOf(set), true);
    return () => {
      free();
      RULING.setState(FREE, true);
    };
  }, [draft, rules, network, start]);
  return problem;
}

/** A run of an assignment, and how it stands to its goal. */
export interface CheckedRun {
  readonly run: Run;
  readonly checked: readonly CheckedCondition[];
  /** Why it cannot be handed in, a sentence each. */
  readonly problems: readonly string[];
}

/** The runs that were trained for an assignment, newest first. */
export function useTaskRuns({ assignment, progress }: OpenTask, start: Setup | null): readonly CheckedRun[] {
  const runs = useSteadyRuns();
  if (start === null) return [];
  return runs
    .filter(({ number, draft }) => number >= progress.firstRun && isSameDataset(draft.dataset, start.dataset))
    .map((run) => ({ run, ...checkRun(assignment, run, start) }));
}

/** How a run stands to the goal of an assignment, and whether it was trained as that says. */
export function checkRun({ goal, rules, network: rule }: Assignment, run: Run, start: Setup): Omit<CheckedRun, 'run'> {
  const { dataset, recipe, network } = run.draft;
  const problem = networkProblem(network, start, rule);
  const isOver = run.phase === 'finished' || run.phase === 'failed';
  return {
    checked: checkGoal(goal, { run, parameters: sizesOf(run.draft).parameters }),
    problems: [
      ...(isOver ? [] : [`Run ${run.number} has not ended yet.`]),
      ...ruleProblems(recipe, start.recipe, rules, dataset),
      ...(problem === null ? [] : [problem]),
    ],
  };
}

/** The run that is looked at: the one that was chosen, else the newest that meets all of the goal, else the newest. */
export function useChosenRun(runs: readonly CheckedRun[], { run: chosen }: TaskProgress): CheckedRun | undefined {
  const asked = runs.find(({ run }) => run.number === chosen);
  const best = runs.find(({ checked, problems }) => problems.length === 0 && checked.every(({ isMet }) => isMet));
  return asked ?? best ?? runs[0];
}

/** The conditions of the goal with the figures of a run; of the draft where there is none. */
export function useCheckedGoal({ goal }: Assignment, chosen: CheckedRun | undefined): readonly CheckedCondition[] {
  const draft = useDraft((current) => current);
  return chosen?.checked ?? checkGoal(goal, { run: null, parameters: sizesOf(draft).parameters });
}
