import { useCallback, useEffect, useState } from 'react';
import { at } from '../../core/at.ts';
import type { FeatureNeighbours } from '../../core/explaining/feature-neighbours.ts';
import type { LabelledNeighbours } from '../../core/explaining/nearest.ts';
import type { ImageProgress } from '../../protocol/requests.ts';
import { isAbort } from '../../state/requests.ts';
import { useQuestions } from '../lab.tsx';

/** How many nearest training samples are shown. */
export const NEAREST = 6;

/** One of the training samples nearest to another. */
export interface Neighbour {
  /** Its place in the training set. */
  readonly index: number;
  readonly label: number;
  /** The root of the mean squared difference of two values. */
  readonly distance: number;
}

/** A sample whose neighbours are looked for. */
export interface QueryImage {
  /** As it is stored. */
  readonly pixels: Uint8Array;
  /** Its own place in the training set, so that it is not its own neighbour; null for a sample of the test set. */
  readonly own: number | null;
}

/** The training samples nearest to another, value by value; none while they are looked for. */
export function usePixelNeighbours({ pixels, own }: QueryImage): readonly Neighbour[] {
  const { ask, reportRefusal } = useQuestions();
  const [found, setFound] = useState<LabelledNeighbours | null>(null);
  useEffect(() => {
    const waiting = new AbortController();
    const { signal } = waiting;
    ask('pixelNeighbours', { pixels: pixels.slice(), k: NEAREST + 1 }, { signal }).then(setFound, (error) => {
      if (!signal.aborted) setFound(null);
      reportRefusal(error);
    });
    return () => waiting.abort();
  }, [pixels, ask, reportRefusal]);
  return found === null ? [] : othersOf(found, own);
}

/** The progress of the search by the hidden layer, or its result. */
export type FeatureSearch =
  | { readonly type: 'searching'; readonly done: number; readonly total: number }
  /** A newer question replaced it. */
  | { readonly type: 'interrupted' }
  /** Why it could not be worked out, as sentences. */
  | { readonly type: 'failed'; readonly message: string }
  | FeatureNeighbours;

const BEGUN: FeatureSearch = { type: 'searching', done: 0, total: 0 };

/** Which training samples the network finds most like another; and a function that asks again. */
export function useFeatureNeighbours({ pixels }: QueryImage): readonly [FeatureSearch, () => void] {
  const { ask } = useQuestions();
  const [search, setSearch] = useState(BEGUN);
  const [asked, setAsked] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again gives another answer to the same question.
  useEffect(() => {
    const waiting = new AbortController();
    const { signal } = waiting;
    setSearch(BEGUN);
    const onProgress = (progress: ImageProgress) => setSearch({ type: 'searching', ...progress });
    ask('featureNeighbours', { pixels: pixels.slice(), k: NEAREST + 1 }, { signal, onProgress }).then(
      setSearch,
      (error) => !signal.aborted && setSearch(endOf(error)),
    );
    return () => waiting.abort();
  }, [pixels, ask, asked]);
  return [search, useCallback(() => setAsked((times) => times + 1), [])];
}

function endOf(error: Error): FeatureSearch {
  return isAbort(error) ? { type: 'interrupted' } : { type: 'failed', message: error.message };
}

/** The neighbours of a sample without itself. */
export function othersOf({ indices, labels, distances }: LabelledNeighbours, own: number | null): readonly Neighbour[] {
  const found = Array.from(indices, (index, i) => ({ index, label: at(labels, i), distance: at(distances, i) }));
  return found.filter(({ index }) => index !== own).slice(0, NEAREST);
}
