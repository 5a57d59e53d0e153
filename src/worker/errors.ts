import { numberText } from '../core/text/number-text.ts';
import { OutOfMemoryError } from '../engine/out-of-memory-error.ts';
import type { ErrorReport } from '../protocol/error-report.ts';

/** Training left the numbers: the loss is infinite or not a number any more. */
export class DivergedError extends Error {
  override readonly name = 'DivergedError';

  constructor(step: number, learningRate: number) {
    super(
      `The loss was no longer a number at step ${numberText(step)}. The learning rate ${learningRate} is too high for this network: press Reset and try ${Number((learningRate / 10).toPrecision(2))}.`,
    );
  }
}

/** Whether an error only says that somebody asked to stop. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** What was asked cannot be done, and the message says what to change. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/** Errors of the language itself: somebody's mistake in the code, and never the student's. */
function isMistake(error: Error): boolean {
  return error instanceof TypeError || error instanceof ReferenceError || error instanceof SyntaxError;
}

/** An error in a form that crosses the thread. */
export function reportOf(error: unknown): ErrorReport {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), stack: null };
  const { name, stack = null } = error;
  if (error instanceof OutOfMemoryError)
    return { name, message: error.message, stack, availableBytes: error.availableBytes };
  if (!isMistake(error)) return { name, message: error.message, stack };
  const message = `The training engine failed (${error.message}). Start over; if it happens again, choose another engine at the top of the page.`;
  return { name, message, stack };
}
