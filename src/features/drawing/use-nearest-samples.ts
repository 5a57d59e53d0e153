import { useEffect, useState } from 'react';
import type { QuestionOf } from '../../protocol/requests.ts';
import type { NearestSamples } from '../../state/nearest-samples.ts';
import { useDataSet, useQuestions } from '../lab.tsx';

/** Milliseconds without a stroke after which the training images are searched. */
const REST = 800;

/** How many of the nearest training images are shown. */
const NEAREST = 6;

/**
 * How close a drawing is to the data, a moment after its last stroke; null before, and while nothing is drawn. Searched
 * again once all training images have arrived.
 */
export function useNearestSamples(pixels: Uint8Array | null): NearestSamples | null {
  const { ask, reportRefusal } = useQuestions();
  const dataset = useDataSet(({ spec }) => spec);
  const isComplete = useDataSet(({ spec, trainingImages }) => trainingImages === spec.splits.train);
  const [found, setFound] = useState<{ readonly pixels: Uint8Array; readonly nearest: NearestSamples }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is found depends on the images that have arrived.
  useEffect(() => {
    if (pixels === null) return;
    const waiting = new AbortController();
    const { signal } = waiting;
    const search = (question: QuestionOf<'pixelNeighbours'>) => ask('pixelNeighbours', question, { signal });
    const take = (nearest: NearestSamples | null) => nearest !== null && setFound({ pixels, nearest });
    const look = async () =>
      (await import('../../state/nearest-samples.ts')).findNearestSamples(dataset, pixels, NEAREST, search);
    const timer = setTimeout(() => look().then(take, reportRefusal), REST);
    return () => {
      waiting.abort();
      clearTimeout(timer);
    };
  }, [dataset, pixels, ask, reportRefusal, isComplete]);
  return pixels !== null && found?.pixels === pixels ? found.nearest : null;
}
