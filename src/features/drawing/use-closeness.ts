import { useEffect, useState } from 'react';
import { SPLIT_SIZES } from '../../core/dataset/stream-events.ts';
import { type Closeness, closenessOf } from '../../state/closeness.ts';
import { useDataSet, useLab } from '../lab.tsx';

/** Milliseconds without a stroke after which the training images are searched. */
const REST = 800;

/** How many of the nearest training images are shown. */
const NEAREST = 6;

/**
 * How close a drawing is to the data, a moment after its last stroke; null before, and while nothing is drawn. Searched
 * again once all training images have arrived.
 */
export function useCloseness(pixels: Uint8Array | null): Closeness | null {
  const { findNearest } = useLab();
  const isComplete = useDataSet(({ trainingImages }) => trainingImages === SPLIT_SIZES.train);
  const [found, setFound] = useState<{ readonly pixels: Uint8Array; readonly closeness: Closeness }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is found depends on the images that have arrived.
  useEffect(() => {
    if (pixels === null) return;
    let current = true;
    const timer = setTimeout(async () => {
      const closeness = await closenessOf(pixels, NEAREST, findNearest);
      if (current && closeness !== null) setFound({ pixels, closeness });
    }, REST);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [pixels, findNearest, isComplete]);
  return pixels !== null && found?.pixels === pixels ? found.closeness : null;
}
