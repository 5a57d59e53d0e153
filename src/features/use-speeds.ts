import { useEffect, useState } from 'react';
import type { Draft } from '../state/draft.ts';
import { isAbort } from '../state/requests.ts';
import { draftsToMeasure, type Speeds, speedKeyOf } from '../state/run-estimate.ts';
import { useDataSet, useQuestions } from './lab.tsx';

/** Milliseconds without a change of the drafts after which their speed is measured. */
const REST = 400;

/** Whether all training samples of the open data set are here. */
export function useHasAllSamples(): boolean {
  return useDataSet(({ spec, trainingImages }) => trainingImages === spec.splits.train);
}

/**
 * The speeds of the drafts that must be measured, as far as they are known: the device is measured with their networks and batch sizes
 * once all samples are here and the drafts stand still. `failed` where it could not be.
 */
export function useSpeeds(drafts: readonly Draft[]): { readonly speeds: Speeds; readonly failed: boolean } {
  const { ask } = useQuestions();
  const isComplete = useHasAllSamples();
  const [speeds, setSpeeds] = useState<Speeds>(new Map());
  const [failed, setFailed] = useState(false);
  const needed = draftsToMeasure(drafts);
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
    // An estimate is a help, not more: where there is none, runs start without it.
    const timer = setTimeout(() => measure().catch((error) => isAbort(error) || setFailed(true)), REST);
    return () => {
      clearTimeout(timer);
      waiting.abort();
    };
  }, [ask, key, isComplete]);
  return { speeds, failed };
}
