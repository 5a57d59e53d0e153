import type { Judgement } from '../../core/evaluation/evaluation.ts';
import { coach } from '../../core/training/coach/coach.ts';
import type { Verdict } from '../../core/training/coach/verdict.ts';
import { bestEpoch, epochMeans, stepCurve } from '../../core/training/curves.ts';
import { diffText, runDiff } from '../../core/training/run-diff.ts';
import { demoPlans } from '../../state/demo.ts';
import type { Queued } from '../../state/queue.ts';
import { type Run, runAtStep } from '../../state/run.ts';
import { judgedCurve } from '../../state/run-figures.ts';
import { comparableWith } from '../../state/same-data.ts';

/** What one half of the screen shows: a run, or the name of one that is still to come. */
export interface Shown {
  readonly name: string;
  readonly run: Run | undefined;
  /** How long it is, or will be. */
  readonly epochs: number;
}

/**
 * The two runs of the demo; where other runs were made, the two newest of one data set, those that are pinned before others.
 * Older ones stand first. Before any run, what the demo is going to be.
 */
export function shownOf(runs: readonly Run[], { purpose, plans }: Queued): readonly Shown[] {
  const planned = runs.length === 0 ? demoPlans().map((plan) => ({ ...plan, run: null })) : plans;
  if (runs.length === 0 || purpose === 'demo') {
    return planned.map(({ name, draft, run: number }) => {
      const run = runs.find((other) => other.number === number);
      return { name, run, epochs: (run ?? { draft }).draft.recipe.epochs };
    });
  }
  const [newest] = runs;
  const byClaim = (newest === undefined ? [] : comparableWith(newest, runs)).toSorted(
    (a, b) => Number(b.pinned) - Number(a.pinned),
  );
  const two = byClaim.slice(0, 2).sort((a, b) => a.number - b.number);
  return two.map((run) => ({ name: run.name, run, epochs: run.draft.recipe.epochs }));
}

/** How many changes fit on the screen beside the title. */
const CHANGES = 3;

/** The question to the class, and what it needs to know to answer it. */
export function headOf(shown: readonly Shown[], purpose: string): { readonly title: string; readonly words: string } {
  const [first, second] = shown.map(({ run }) => run);
  const title = 'Which one fits?';
  if (shown.length === 1) return { title: 'Does it fit?', words: 'The demo trains two networks, side by side.' };
  if (purpose === 'demo' || first === undefined || second === undefined)
    return { title, words: 'The same layers. What differs stands above each.' };
  const labels = runDiff(first.draft, second.draft);
  const more = labels.length > CHANGES ? ` and ${labels.length - CHANGES} more` : '';
  const changes = diffText(labels.slice(0, CHANGES)) || 'the same again';
  return { title, words: `Run ${second.number} beside run ${first.number}: ${changes}${more}` };
}

/** A run as it was at the end of an epoch; as it is where that has not come yet. */
export function runUntil(run: Run, epoch: number): Run {
  if (epoch >= run.epochs.length) return run;
  return { ...runAtStep(run, epoch * run.stepsPerEpoch), phase: 'training' };
}

/** What the coach makes of a run. */
export function verdictOn({ draft, epochs, losses, stepsPerEpoch, phase, restoredEpoch }: Run): Verdict {
  const ended = phase === 'finished' || phase === 'failed';
  return coach({ setup: draft, epochs, losses, stepsPerEpoch, ended, restoredEpoch });
}

/** The lines of a run for one chart. */
export function linesOf(run: Run, figure: keyof Judgement) {
  const { stepsPerEpoch, draft, epochs } = run;
  const values = figure === 'loss' ? run.losses : run.accuracies;
  return {
    epochs: draft.recipe.epochs,
    trace: stepCurve(values, stepsPerEpoch, draft.recipe.epochs),
    training: epochMeans(values, stepsPerEpoch),
    validation: judgedCurve(epochs, 'validation', figure),
    judged: judgedCurve(epochs, 'trainSample', figure),
    best: bestEpoch(judgedCurve(epochs, 'validation', 'loss')),
  };
}
