import { memoryText } from '../core/text/number-text.ts';
import { plannedBytes } from '../core/training/planned-memory.ts';
import type { Engine } from '../engine/engine.ts';
import type { OutOfMemoryError } from '../engine/out-of-memory-error.ts';
import type { ErrorReport } from '../protocol/error-report.ts';
import { reportOf } from './errors.ts';
import type { SessionStart } from './session-start.ts';

/**
 * Tells that there was no room for a run, which must hold none any more: what it takes, and with which batch there would be, as far as that
 * is planned.
 */
export async function reportOfFull(
  error: OutOfMemoryError,
  engine: Pick<Engine, 'plannedMemory' | 'fittingBatch'>,
  { graph, recipe }: Pick<SessionStart, 'graph' | 'recipe'>,
): Promise<ErrorReport> {
  const report = reportOf(error);
  try {
    const planned = await engine.plannedMemory(graph, recipe);
    const fittingBatch = await engine.fittingBatch(graph, recipe);
    return {
      ...report,
      ...(planned !== null && { message: messageOf(plannedBytes(planned)) }),
      ...(fittingBatch !== undefined && { fittingBatch }),
    };
  } catch {
    // The device may be gone for good. The page estimates a batch then.
    return report;
  }
}

function messageOf(bytes: number): string {
  return `This page ran out of memory: training this network with this batch takes ${memoryText(bytes)} and judging it some more, which is more than the page can have.`;
}
