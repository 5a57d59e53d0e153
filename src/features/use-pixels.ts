import { useEffect, useState } from 'react';
import type { Split } from '../core/dataset/spec.ts';
import { useQuestions } from './lab.tsx';

/**
 * The pixels [n, 784] of images by their places in a split; undefined while they are being fetched, or where that
 * failed.
 */
export function usePixels(split: Split, indices: readonly number[]): Uint8Array | undefined {
  const { ask, reportRefusal } = useQuestions();
  const [fetched, setFetched] = useState<{ readonly key: string; readonly pixels: Uint8Array }>();
  const key = JSON.stringify([split, indices]);
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
