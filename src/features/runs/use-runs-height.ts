import { useState } from 'react';
import { readChoice, writeChoice } from '../../ui/base/choice-storage.ts';

/** Where it is saved. */
const KEY = 'runs-height';

/** The height of the runs in CSS pixels as it was set, null where nobody did; kept from one visit to the next where storage is not blocked. */
export function useRunsHeight(): readonly [height: number | null, set: (height: number | null) => void] {
  const [height, setHeight] = useState(keptHeight);
  const set = (next: number | null) => {
    setHeight(next);
    writeChoice(KEY, next === null ? null : String(next));
  };
  return [height, set];
}

function keptHeight(): number | null {
  const height = Number(readChoice(KEY));
  return height > 0 && height < Number.POSITIVE_INFINITY ? height : null;
}
