import { useEffect, useState } from 'react';
import { type DatasetSpec, isSameDataset, type Split } from '../core/dataset/spec.ts';
import { useDataSet, useQuestions } from './lab.tsx';

/**
 * Samples of the open data set by their places in a split, [n, bytes of a sample]; undefined while they are being
 * fetched, or where that failed. `of`: the data set that they are wanted of; where another one is open, there are none.
 */
export function usePixels(split: Split, indices: readonly number[], of?: DatasetSpec): Uint8Array | undefined {
  const isOpen = useDataSet(({ spec }) => of === undefined || isSameDataset(spec, of));
  const { ask, reportRefusal } = useQuestions();
  const [fetched, setFetched] = useState<{ readonly key: string; readonly pixels: Uint8Array }>();
  const key = JSON.stringify([split, isOpen ? indices : []]);
  useEffect(() => {
    const [from, wanted]: [Split, number[]] = JSON.parse(key);
    if (wanted.length === 0) return;
    const waiting = new AbortController();
    ask('images', { split: from, indices: Uint32Array.from(wanted) }, { signal: waiting.signal }).then(
      (pixels) => setFetched({ key, pixels }),
      reportRefusal,
    );
    return () => waiting.abort();
  }, [key, ask, reportRefusal]);
  return fetched?.key === key ? fetched.pixels : undefined;
}
