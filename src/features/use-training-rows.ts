import { useMemo, useRef } from 'react';
import type { DatasetSpec } from '../core/dataset/spec.ts';
import { useDataSet } from './lab.tsx';
import { usePixels } from './use-pixels.ts';

/** So many training rows stand for all of them where means are taken. */
const MOST_ROWS = 500;

/**
 * Training rows spread over all that have arrived, as they are stored, [n, bytes of a row]; those of a moment ago while more
 * are fetched, undefined before the first.
 */
export function useTrainingRows(dataset: DatasetSpec, most = MOST_ROWS): Uint8Array | undefined {
  const arrived = useDataSet(({ trainingImages }) => trainingImages);
  const places = useMemo(() => spreadPlaces(arrived, most), [arrived, most]);
  const fetched = usePixels('train', places, dataset);
  const kept = useRef<{ readonly dataset: DatasetSpec; readonly rows: Uint8Array }>(null);
  if (fetched !== undefined) kept.current = { dataset, rows: fetched };
  return kept.current?.dataset === dataset ? kept.current.rows : undefined;
}

/** At most so many places from 0 to below n, evenly spread. */
export function spreadPlaces(n: number, most: number): readonly number[] {
  const count = Math.min(n, most);
  return Array.from({ length: count }, (_, i) => Math.floor((i * n) / count));
}
