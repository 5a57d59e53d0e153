import { useEffect, useState } from 'react';
import type { QuestionOf } from '../../protocol/requests.ts';
import type { Closeness } from '../../state/closeness.ts';
import { useDataSet, useQuestions } from '../lab.tsx';

/** Milliseconds without a stroke after which the training images are searched. */
const REST = 800;

/** How many of the nearest training images are shown. */
const NEAREST = 6;

/**
 * How close a drawing is to the data, a moment after its last stroke; null before, and while nothing is drawn. Searched
 * again once all training images have arrived.
 */
export function useCloseness(pixels: Uint8Array | null): Closeness | null {
  const { ask, reportRefusal } = useQuestions();
  const dataset = useDataSet(({ spec }) => spec);
  const isComplete = useDataSet(({ spec, trainingImages }) => trainingImages === spec.splits.train);
  const [found, setFound] = useState<{ readonly pixels: Uint8Array; readonly closeness: Closeness }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is found depends on the images that have arrived.
  useEffect(() => {
    if (pixels === null) return;
    const waiting = new AbortController();
    const { signal } = waiting;
    const search = (question: QuestionOf<'pixelNeighbours'>) => ask('pixelNeighbours', question, { signal });
    const take = (closeness: Closeness | null) => closeness !== null && setFound({ pixels, closeness });
    const look = async () => (await import('../../state/closeness.ts')).closenessOf(dataset, pixels, NEAREST, search);
    const timer = setTimeout(() => look().then(take, reportRefusal), REST);
    return () => {
      waiting.abort();
      clearTimeout(timer);
    };
  }, [dataset, pixels, ask, reportRefusal, isComplete]);
  return pixels !== null && found?.pixels === pixels ? found.closeness : null;
}
