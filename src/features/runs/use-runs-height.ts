import { useState } from 'react';

/** Where it is saved. */
const KEY = 'runs-height';

/** The height of the runs in CSS pixels as it was set, null where nobody did; kept from one visit to the next where storage is not blocked. */
export function useRunsHeight(): readonly [height: number | null, set: (height: number | null) => void] {
  const [height, setHeight] = useState(keptHeight);
  const set = (next: number | null) => {
    setHeight(next);
    try {
      if (next === null) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, String(next));
    } catch {
      // The bar moves; only the next visit starts without it.
    }
  };
  return [height, set];
}

function keptHeight(): number | null {
  try {
    const height = Number(localStorage.getItem(KEY));
    return height > 0 ? height : null;
  } catch {
    return null;
  }
}
