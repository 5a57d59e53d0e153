import type { Judgement } from '../../core/evaluation/evaluation.ts';
import { coach } from '../../core/training/coach/coach.ts';
import type { Verdict } from '../../core/training/coach/verdict.ts';
import { bestEpoch, epochMeans, stepCurve } from '../../core/training/curves.ts';
import { diffText, runDiff } from '../../core/training/run-diff.ts';
import type { Demo } from '../../datasets/demo.ts';
import { newestRunOf, purposeOf } from '../../state/demo.ts';
import type { Queued } from '../../state/queue.ts';
import { type Run, runAtStep } from '../../state/run.ts';
import { judgedCurve } from '../../state/run-figures.ts';
import { lossCourse, stepValues } from '../../state/run-steps.ts';
import { comparableWith } from '../../state/same-data.ts';
import type { Curve, Ghost } from '../../ui/chart/curve.ts';
import { groupLine, seedGroups } from '../seed-groups.ts';

/** What one half of the screen shows: a run, or the name of one that is still to come. */
export interface Shown {
  readonly name: string;
  readonly run: Run | undefined;
  /** How long it is, or will be. */
  readonly epochs: number;
  /** The run and those that differ from it in their seed alone. */
  readonly group: readonly Run[];
}

/**
 * The two runs of a demo: those that its queue trains or trained last, else the newest that were made like them, else what is
 * still to come.
 */
export function shownOfDemo(demo: Demo, runs: readonly Run[], { purpose, plans }: Queued): readonly Shown[] {
  const queued = purpose === purposeOf(demo) ? plans : [];
  return demo.runs.map(({ name, setup }, index) => {
    const plan = queued[index];
    const run = plan ? runs.find(({ number }) => number === plan.run) : newestRunOf(setup, runs);
    return { name, run, epochs: (run?.draft ?? setup).recipe.epochs, group: groupOf(run, runs) };
  });
}

/**
 * The two newest runs of one data set that differ in more than their seed, those that are pinned before others; where there are none such,
 * the two newest. Older ones stand first.
 */
export function shownOfRuns(runs: readonly Run[]): readonly Shown[] {
  const [newest] = runs;
  const byClaim = (newest === undefined ? [] : comparableWith(newest, runs)).toSorted(
    (a, b) => Number(b.pinned) - Number(a.pinned),
  );
  const [first, next, ...rest] = byClaim;
  const same = groupOf(first, runs);
  const other = next?.pinned ? next : ([next, ...rest].find((run) => run && !same.includes(run)) ?? next);
  const two = [first, other].filter((run) => run !== undefined).sort((a, b) => a.number - b.number);
  return two.map((run) => ({ name: run.name, run, epochs: run.draft.recipe.epochs, group: groupOf(run, runs) }));
}

/** A run and those of its data set that differ from it in their seed alone. */
function groupOf(run: Run | undefined, runs: readonly Run[]): readonly Run[] {
  if (run === undefined) return [];
  const groups = seedGroups(comparableWith(run, runs).toReversed());
  return groups.find((group) => group.includes(run)) ?? [run];
}

/**
 * The mean of runs that differ in their seed alone, with their least and most, until an epoch; none where fewer than two of them have
 * ended.
 */
export function bandsOf(group: readonly Run[], figure: keyof Judgement, until: number | null): readonly Ghost[] {
  const [first, ...others] = group;
  if (first === undefined) return [];
  const { band, ...line } = groupLine([first, ...others], 'validation', figure);
  if (band === undefined) return [];
  const cut = (curve: Curve) => curve.filter(({ epoch }) => until === null || epoch <= until);
  return [{ ...line, validation: cut(line.validation), band: { ...band, low: cut(band.low), high: cut(band.high) } }];
}

/** How many changes fit on the screen beside the title. */
const CHANGES = 3;

/** The question to the class, and what it needs to know to answer it. */
export interface Head {
  readonly title: string;
  readonly words: string;
}

/** The question about runs that are no demo. */
export function headOf(shown: readonly Shown[]): Head {
  const [first, second] = shown.map(({ run }) => run);
  if (first === undefined) return { title: 'No runs yet', words: 'Train a network to see its curves here.' };
  if (second === undefined) return { title: 'Does it fit?', words: 'A second run will be shown beside it.' };
  const labels = runDiff(first.draft, second.draft);
  const more = labels.length > CHANGES ? ` and ${labels.length - CHANGES} more` : '';
  const changes = diffText(labels.slice(0, CHANGES)) || 'nothing changed';
  return { title: 'Which one fits?', words: `Run ${second.number} beside run ${first.number}: ${changes}${more}` };
}

/** A run as it was at the end of an epoch; as it is where that has not come yet. */
export function runUntil(run: Run, epoch: number): Run {
  if (epoch >= run.epochs.length) return run;
  return { ...runAtStep(run, epoch * run.stepsPerEpoch), phase: 'training' };
}

/** What the coach makes of a run. */
export function verdictOn(run: Run): Verdict {
  const { draft, epochs, stepsPerEpoch, phase, restoredEpoch } = run;
  const ended = phase === 'finished' || phase === 'failed';
  return coach({ setup: draft, epochs, losses: lossCourse(run), stepsPerEpoch, ended, restoredEpoch });
}

/** The lines of a run for one chart. */
export function linesOf(run: Run, figure: keyof Judgement) {
  const { stepsPerEpoch, draft, epochs } = run;
  const values = stepValues(run, figure);
  return {
    epochs: draft.recipe.epochs,
    trace: stepCurve(values, stepsPerEpoch, draft.recipe.epochs),
    training: epochMeans(values, stepsPerEpoch),
    validation: judgedCurve(epochs, 'validation', figure),
    // One training figure on the screen: the one that the gap is measured from.
    leadsJudged: true,
    judged: judgedCurve(epochs, 'trainSample', figure),
    best: bestEpoch(judgedCurve(epochs, 'validation', 'loss')),
  };
}
