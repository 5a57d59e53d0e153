import { analysisOf } from '../../../state/analysis.ts';
import type { Draft } from '../../../state/draft.ts';
import type { Run } from '../../../state/run.ts';

/**
 * How long an epoch of a draft takes by the speed of a run, in seconds: exactly as measured for the same network, else in
 * proportion to the arithmetic of a sample. Null before the run has been measured.
 */
export function epochSeconds(draft: Draft, run: Run): number | null {
  const { network, recipe } = draft;
  if (run.imagesPerSecond <= 0) return null;
  const samples = recipe.trainingImages * (recipe.validateOn === 'test' ? 1 : 1 - recipe.validationSplit);
  const flops = analysisOf(draft).totals.flops;
  const measured = analysisOf(run.draft).totals.flops;
  const share = network === run.draft.network || measured === 0 ? 1 : flops / measured;
  return (samples / run.imagesPerSecond) * share;
}
