import type { Checkpoint } from '../core/training/checkpoint.ts';
import type { Advance, Command, Standing } from '../protocol/commands.ts';
import { type Run, runAtCheckpoint, runAtStart } from './run.ts';

/** A command that starts a run. */
type TrainCommand = Command & { readonly type: 'train' };

/** Whether the worker is expected to tell of a run. */
export function isAtWork(run: Run | null): boolean {
  return run !== null && (run.phase === 'compiling' || run.phase === 'training' || run.evaluating !== null);
}

/** What is left of a run whose worker is gone: as it was at its checkpoint, or before its first step. */
export function interruptedRun(run: Run, checkpoint: Checkpoint | null, advance: Advance | null): Run {
  const at = checkpoint === null ? runAtStart(run) : runAtCheckpoint(run, checkpoint);
  const moves = advance !== null && (run.phase === 'compiling' || run.phase === 'training');
  const phase = moves ? 'compiling' : at.phase === 'finished' ? 'finished' : 'paused';
  return { ...at, phase, evaluating: null };
}

/** What has another worker go on with an interrupted run. */
export function continueCommand(run: Run, checkpoint: Checkpoint | null, advance: Advance | null): TrainCommand {
  const { standing, ...start } = resumeCommand(run, checkpoint);
  return run.phase === 'compiling' && advance !== null ? { ...start, advance } : { ...start, standing };
}

/** What brings a run back from a checkpoint, or from its start: standing still, with the settings that it had. */
export function resumeCommand(
  { number: run, draft, judgesTest, phase, test }: Run,
  from: Checkpoint | null,
): TrainCommand & { readonly standing: Standing } {
  const { dataset, network, recipe } = draft;
  const standing = { phase: phase === 'finished' ? phase : 'paused', isTested: test !== null } as const;
  const start = {
    type: 'train',
    run,
    dataset,
    network,
    recipe,
    advance: 'run',
    standing,
    ...(from && { from }),
  } as const;
  return judgesTest === false ? { ...start, judgesTest } : start;
}
