import type { Checkpoint } from '../core/training/checkpoint.ts';
import type { Trainer } from '../engine/engine.ts';
import { CheckpointPace } from './checkpoint-pace.ts';
import type { WorkerContext } from './context.ts';
import { isAbort } from './errors.ts';
import type { createLock } from './lock.ts';
import type { RunReports } from './run-reports.ts';

/** What the checkpoints of a run stand on. */
interface RunCheckpointsOptions {
  readonly context: WorkerContext;
  readonly reports: RunReports;
  /** The trainer takes one request at a time. */
  readonly exclusive: ReturnType<typeof createLock>;
  /** What a checkpoint has that no trainer knows. */
  judged(): Pick<Checkpoint, 'judgedEpochs' | 'earlyStopping'>;
}

/** Gives away all that a run goes on from if the worker does not last, and knows when that is due. */
export class RunCheckpoints {
  readonly #run: number;
  readonly #options: RunCheckpointsOptions;
  readonly #pace: CheckpointPace;
  /** What stands where nothing was given away, because it was to go on; null where there is none. */
  #unkept: Trainer | null = null;

  constructor(run: number, options: RunCheckpointsOptions) {
    this.#run = run;
    this.#options = options;
    this.#pace = new CheckpointPace(options.context.now);
  }

  /** Whether one is due while the run trains. */
  isDue(isEpochEnd: boolean): boolean {
    return this.#pace.isDue(isEpochEnd);
  }

  /** Gives one away, right after the steps that led to it. Rejects with an AbortError when aborted: then nothing is given away. */
  async take(trainer: Trainer, signal?: AbortSignal): Promise<void> {
    const { exclusive, reports } = this.#options;
    await exclusive(() => this.#pace.time(() => this.#give(trainer, signal)));
    reports.throttle.rest();
  }

  /** Gives one of a run away that stands still. Aborted where it is to go on: nobody waits for it then. */
  async takeStanding(trainer: Trainer, goesOn: AbortSignal): Promise<void> {
    this.#unkept = trainer;
    try {
      await this.take(trainer, goesOn);
      this.#unkept = null;
    } catch (error) {
      if (!isAbort(error)) throw error;
    }
  }

  /** The run goes on. */
  goOn(): void {
    this.#unkept = null;
  }

  /** The run was to go on, and is dropped instead: what was not given away for that is given away now. */
  async makeUp(): Promise<void> {
    const trainer = this.#unkept;
    this.#unkept = null;
    if (trainer !== null) await this.take(trainer);
  }

  async #give(trainer: Trainer, signal: AbortSignal | undefined): Promise<void> {
    const { context, reports, judged } = this.#options;
    reports.steps(await trainer.readMetrics(), trainer);
    const { judgedEpochs, earlyStopping } = judged();
    const { course } = trainer;
    const snapshot = await trainer.snapshot(signal);
    // A copy of what is still needed: the event gives its buffers away.
    const checkpoint = { snapshot, course, judgedEpochs, earlyStopping: structuredClone(earlyStopping) };
    context.emit({ type: 'checkpointed', run: this.#run, checkpoint });
  }
}
