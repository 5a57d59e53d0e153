import { estimateText } from '../../core/text/number-text.ts';
import { estimateOf } from '../../state/run-estimate.ts';
import type { SweepPlan } from '../../state/sweep.ts';
import { useDataSet } from '../lab.tsx';
import { useHasAllSamples, useSpeeds } from '../use-speeds.ts';

/**
 * How long a sweep will take, as a text. The device is measured with its networks and batch sizes while the plan stands still; nothing is
 * said of a plan that cannot be trained.
 */
export function useEstimate(plans: readonly SweepPlan[] | string): string {
  const drafts = typeof plans === 'string' ? [] : plans.map(({ draft }) => draft);
  const { speeds, failed } = useSpeeds(drafts);
  const many = useDataSet(({ spec }) => spec.words.sample.many);
  const isComplete = useHasAllSamples();
  if (typeof plans === 'string' || plans.length === 0 || failed) return '';
  if (!isComplete) return `The time can be estimated once all training ${many} have loaded.`;
  const seconds = estimateOf(drafts, speeds);
  return seconds === null ? 'Estimating the time …' : `${estimateText(seconds)}, measured on this device`;
}
