import { countText } from '../../core/text/number-text.ts';
import { type Run, stepOf } from '../../state/run.ts';
import type { SampleMap } from './use-map.ts';

/** The step that a run stands at; while it trains, that of its last whole epoch, so that what is said of it can be read. */
export function restingStep(run: Run | null): number {
  if (run === null) return 0;
  return run.phase === 'training' ? run.epochs.length * run.stepsPerEpoch : stepOf(run);
}

/** That the network is not the one of the map any more, and what to do; null while it is. `run`: the current one at `step`, null for none. */
export function ageText({ by }: Pick<SampleMap, 'by'>, run: number | null, step: number): string | null {
  if (by.run === run) {
    if (step <= by.step) return null;
    return `Drawn at step ${countText(by.step)}; the run is at ${countText(step)}: draw the map again.`;
  }
  if (run !== null && step > 0) {
    const drawn = by.run === 'shipped' ? 'the network trained in advance' : `run ${by.run}`;
    return `Drawn from ${drawn}; run ${run} has trained since: draw the map again.`;
  }
  return by.run === 'shipped' ? null : `Drawn from run ${by.run}, which is not the current run any more.`;
}
