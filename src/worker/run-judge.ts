import type { EvaluationSet } from '../core/evaluation/evaluation.ts';
import type { Trainer } from '../engine/engine.ts';
import type { WorkerContext } from './context.ts';
import { type EpochJudgement, judgeEpoch } from './judge-epoch.ts';
import { judgeMirrored } from './judge-mirrored.ts';
import type { RunReports } from './run-reports.ts';
import type { SessionStart } from './session-start.ts';

/** Judges the network of a run. The trainer takes one request at a time: whoever calls sees to it that it takes none meanwhile. */
export class RunJudge {
  readonly #start: SessionStart;
  readonly #context: WorkerContext;
  readonly #reports: RunReports;

  constructor(start: SessionStart, context: WorkerContext, reports: RunReports) {
    this.#start = start;
    this.#context = context;
    this.#reports = reports;
  }

  /** At the end of an epoch, on the images that the recipe sets aside for it. Rejects with an AbortError when aborted. */
  epoch(trainer: Trainer, signal: AbortSignal): Promise<EpochJudgement> {
    const { now, emit } = this.#context;
    return judgeEpoch(trainer, this.#start.recipe, { signal, onProgress: () => emit({ type: 'alive' }) }, now);
  }

  /** On a whole set, and tells the page the figures. Rejects with an AbortError when aborted. */
  set(trainer: Trainer, set: EvaluationSet, signal: AbortSignal): Promise<void> {
    const { graph, recipe } = this.#start;
    return this.#reports.judge(trainer, set, signal, (evaluation) =>
      judgeMirrored({ graph, recipe, trainer, evaluation }, this.#context, signal),
    );
  }
}
