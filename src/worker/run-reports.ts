import type { Evaluation, EvaluationSet, Judgement, StepMetrics } from '../core/evaluation/evaluation.ts';
import type { Trainer } from '../engine/engine.ts';
import { OutOfMemoryError } from '../engine/out-of-memory-error.ts';
import type { RunPhase } from '../protocol/events.ts';
import type { WorkerContext } from './context.ts';
import { DivergedError, reportOf } from './errors.ts';
import { MetricsThrottle } from './metrics-throttle.ts';
import { reportOfFull } from './report-of-full.ts';
import type { SessionStart } from './session-start.ts';

/** What the page is told of a run. */
export class RunReports {
  /** How often steps are read. */
  readonly throttle: MetricsThrottle;
  readonly #run: number;
  readonly #batchSize: number;
  readonly #context: WorkerContext;

  constructor(run: number, batchSize: number, context: WorkerContext) {
    this.#run = run;
    this.#batchSize = batchSize;
    this.#context = context;
    this.throttle = new MetricsThrottle(context.now);
  }

  /** Tells the phase that begins; `trainer` is null where there is none yet. */
  enter(phase: RunPhase, trainer: Trainer | null): void {
    const { step = 0, stepsPerEpoch = 0 } = trainer ?? {};
    this.#context.emit({ type: 'phaseChanged', run: this.#run, phase, step, stepsPerEpoch });
  }

  /** Tells that the run stands still, and that its checkpoint follows. */
  stand({ step, stepsPerEpoch }: Trainer): void {
    const at = { run: this.#run, phase: 'paused', step, stepsPerEpoch } as const;
    this.#context.emit({ type: 'phaseChanged', ...at, checkpointFollows: true });
  }

  /** Tells of the steps that were read. Throws a DivergedError where the loss of one of them is not a number. */
  steps(metrics: StepMetrics, { course }: Trainer): void {
    if (metrics.losses.length === 0) return;
    const imagesPerSecond = this.throttle.read() * this.#batchSize;
    const lost = metrics.losses.findIndex((loss) => !Number.isFinite(loss));
    const memory = this.#context.engine.memory();
    this.#context.emit({ type: 'progressed', run: this.#run, metrics, imagesPerSecond, memory });
    if (lost >= 0) throw new DivergedError(metrics.firstStep + lost, course.settings.learningRate);
  }

  /**
   * Judges the network on a set and tells the figures, and before them how far it is; with them what `also` makes of the answers,
   * where it makes anything.
   */
  async judge(
    trainer: Trainer,
    set: EvaluationSet,
    signal: AbortSignal,
    also: (evaluation: Evaluation) => Promise<Judgement | null>,
  ): Promise<void> {
    const onProgress = (done: number, total: number) =>
      this.#context.emit({ type: 'evaluationProgressed', run: this.#run, set, done, total });
    const evaluation = await trainer.evaluate(set, { signal, onProgress });
    const mirrored = await also(evaluation);
    this.#context.emit({ type: 'evaluated', run: this.#run, evaluation, ...(mirrored && { mirrored }) });
  }

  /** Tells that the run has failed. Where there was no room for it, it must hold none any more. */
  async fail(error: unknown, start: Pick<SessionStart, 'graph' | 'recipe'>): Promise<void> {
    const { emit, engine } = this.#context;
    const report = error instanceof OutOfMemoryError ? await reportOfFull(error, engine, start) : reportOf(error);
    emit({ type: 'failed', run: this.#run, error: report });
  }
}
