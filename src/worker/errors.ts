import type { ErrorReport } from '../protocol/events.ts';

/** Training left the numbers: the loss is infinite or not a number any more. */
export class DivergedError extends Error {
  override readonly name = 'DivergedError';

  constructor(step: number, learningRate: number) {
    super(
      `The loss stopped being a number at step ${step.toLocaleString('en-US')}. The learning rate ${learningRate} is too high for this network: reset, and try ${Number((learningRate / 10).toPrecision(2))}.`,
    );
  }
}

/** Whether an error only says that somebody asked to stop. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** An error in a form that crosses the thread. */
export function reportOf(error: unknown): ErrorReport {
  if (error instanceof Error) return { name: error.name, message: error.message, stack: error.stack ?? null };
  return { name: 'Error', message: String(error), stack: null };
}
