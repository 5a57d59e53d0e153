import { useEffect, useState } from 'react';
import { estimateText } from '../../core/text/number-text.ts';
import { isAbort } from '../../state/requests.ts';
import { draftsToMeasure, estimateOf, type Speeds, speedKeyOf } from '../../state/run-estimate.ts';
import type { SweepPlan } from '../../state/sweep.ts';
import { useDataSet, useQuestions } from '../lab.tsx';

/** Milliseconds without a change of the plan after which its speed is measured. */
const REST = 400;

/**
 * How long a sweep will take, as a text. The device is measured with its networks and batch sizes while the plan stands still; nothing is
 * said of a plan that cannot be trained.
 */
export function useEstimate(plans: readonly SweepPlan[] | string): string {
  const { speeds, failed } = useSpeeds(typeof plans === 'string' ? [] : plans);
  const many = useDataSet(({ spec }) => spec.words.sample.many);
  const isComplete = useIsComplete();
  if (typeof plans === 'string' || plans.length === 0 || failed) return '';
  if (!isComplete) return `The time can be estimated once all training ${many} have loaded.`;
  const seconds = estimateOf(
    plans.map(({ draft }) => draft),
    speeds,
  );
  return seconds === null ? 'Estimating the time …' : `${estimateText(seconds)}, measured on this device`;
}

function useIsComplete(): boolean {
  return useDataSet(({ spec, trainingImages }) => trainingImages === spec.splits.train);
}

/** The speeds of the drafts that must be measured, as far as they are known. */
function useSpeeds(plans: readonly SweepPlan[]) {
  const { ask } = useQuestions();
  const isComplete = useIsComplete();
  const [speeds, setSpeeds] = useState<Speeds>(new Map());
  const [failed, setFailed] = useState(false);
  const needed = draftsToMeasure(plans.map(({ draft }) => draft));
  const key = needed.map(speedKeyOf).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that the speeds depend on.
  useEffect(() => {
    if (!isComplete) return;
    const waiting = new AbortController();
    const measure = async () => {
      setFailed(false);
      for (const setup of needed.filter((draft) => !speeds.has(speedKeyOf(draft)))) {
        const { dataset, network, recipe } = setup;
        const speed = await ask('trainingSpeed', { dataset, network, recipe }, { signal: waiting.signal });
        setSpeeds((known) => new Map(known).set(speedKeyOf(setup), speed));
      }
    };
    // An estimate is a help, not more: where there is none, the sweep starts without it.
    const timer = setTimeout(() => measure().catch((error) => isAbort(error) || setFailed(true)), REST);
    return () => {
      clearTimeout(timer);
      waiting.abort();
    };
  }, [ask, key, isComplete]);
  return { speeds, failed };
}
